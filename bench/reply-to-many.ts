import { callDirectly, liftLimits } from './support/ask.ts';
import type { Bench } from './support/bench.ts';
import { type ApiPerson, createGroup, createPerson, join, listen } from './support/people.ts';
import { now, row, SUMMARY_HEAD, summarise } from './support/samples.ts';

const MEMBERS = 20;
const ROUNDS = 5;
const WORDS = 200;
const QUESTION = `count to ${WORDS}`;

/** What each member has heard of one reply. */
interface Heard {
  readonly times: number[];
  /** When the member knew that it was over. */
  end: number;
}

/** A long answer as the 20 members of a group see it come, beside a direct streaming call to the same model server. */
export const replyToMany: Bench = async (context) => {
  const people: ApiPerson[] = [];
  while (people.length < MEMBERS) people.push(await createPerson(context, `Reader${people.length}`));
  const [asker, ...others] = people as [ApiPerson, ...ApiPerson[]];
  await liftLimits(context.adminUrl, asker.id);
  const { chatId, token } = await createGroup(asker, 'A long answer');
  for (const other of others) await join(other, token);
  let heard: Heard[] = [];
  let onDone = () => {};
  let waiting = 0;
  for (const [index, person] of people.entries())
    await listen(person, chatId, (event, payload) => {
      const own = heard[index];
      if (event === 'delta') own?.times.push(now());
      if (event !== 'reply' || (payload as { state: string }).state !== 'done' || own === undefined) return;
      own.end = now();
      if (--waiting === 0) onDone();
    });

  const found = { rates: [] as number[], spreads: [] as number[], lasts: [] as number[], direct: [] as number[] };
  let [missing, directRate] = [0, 0];
  for (let round = 0; round <= ROUNDS; round++) {
    context.progress(`reply to ${MEMBERS} members ${round}/${ROUNDS}`);
    const direct = await callDirectly(context, QUESTION);
    heard = people.map(() => ({ times: [], end: 0 }));
    const done = new Promise<void>((resolve) => {
      onDone = resolve;
    });
    waiting = MEMBERS;
    const start = now();
    await asker.client.from('messages').insert({ id: crypto.randomUUID(), chat_id: chatId, body: `@ai ${QUESTION}` });
    await asker.client.functions.invoke('reply', { body: { chat_id: chatId } });
    await done;
    // The first round warms up both ways.
    if (round === 0) continue;
    const deltas = Math.max(...heard.map(({ times }) => times.length));
    missing += heard.reduce((sum, { times }) => sum + deltas - times.length, 0);
    for (const { times, end } of heard) {
      found.rates.push(((times.length - 1) * 1000) / ((times.at(-1) ?? 0) - (times[0] ?? 0)));
      found.lasts.push(end - start);
    }
    for (let index = 0; index < deltas; index++) {
      const times = heard.flatMap((one) => one.times[index] ?? []);
      found.spreads.push(Math.max(...times) - Math.min(...times));
    }
    found.direct.push(direct.last);
    directRate += direct.deltas / (direct.last - direct.first) / ROUNDS;
  }
  await Promise.all(people.map((person) => person.client.realtime.disconnect()));

  const [rate, last, direct] = [found.rates, found.lasts, found.direct].map(summarise) as [S, S, S];
  return {
    title: 'A reply as 20 members see it',
    lines: [
      SUMMARY_HEAD,
      row('floor, direct call: the last word', direct),
      row('mention inserted → the whole answer at a member', last),
      row('one delta: between the first and the last of the members', summarise(found.spreads)),
      '',
      `${ROUNDS} answers of ${WORDS} words and a line. The model says ${(directRate * 1000).toFixed(0)} words a second, which are gathered: a member gets ${rate.p50.toFixed(1)} deltas a second at p50 (at most 4 with an interval of 250 ms), each member on every round the same ones; ${missing} were missing. All of it is there after ${(last.p50 / direct.p50).toFixed(2)} × the direct call at p50, ${(last.p50 - direct.p50).toFixed(0)} ms more.`,
    ],
  };
};

type S = ReturnType<typeof summarise>;
