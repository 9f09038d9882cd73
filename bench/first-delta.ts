import { callDirectly, liftLimits } from './support/ask.ts';
import type { Bench } from './support/bench.ts';
import { createGroup, createPerson, join, listen } from './support/people.ts';
import { now, row, SUMMARY_HEAD, summarise } from './support/samples.ts';

const ROUNDS = 40;
const QUESTION = 'Say hello';

/** From the insert of a mention to the first delta at another member, beside a direct streaming call to the same model server. */
export const firstDelta: Bench = async (context) => {
  const ana = await createPerson(context, 'Ana');
  const ben = await createPerson(context, 'Ben');
  await liftLimits(context.adminUrl, ana.id);
  const { chatId, token } = await createGroup(ana, 'First delta');
  await join(ben, token);
  let onDelta: (() => void) | undefined;
  let onDone: (() => void) | undefined;
  await listen(ben, chatId, (event, payload) => {
    if (event === 'delta') onDelta?.();
    if (event === 'reply' && (payload as { state: string }).state === 'done') onDone?.();
  });

  const direct: number[] = [];
  const through: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    context.progress(`first delta ${round}/${ROUNDS}`);
    const directFirst = (await callDirectly(context, QUESTION)).first;

    const first = new Promise<number>((resolve) => {
      onDelta = () => resolve(now());
    });
    const done = new Promise<void>((resolve) => {
      onDone = resolve;
    });
    const start = now();
    await ana.client.from('messages').insert({ id: crypto.randomUUID(), chat_id: chatId, body: `@ai ${QUESTION}` });
    await ana.client.functions.invoke('reply', { body: { chat_id: chatId } });
    const firstThrough = (await first) - start;
    await done;
    // The first round warms up both ways.
    if (round === 0) continue;
    direct.push(directFirst);
    through.push(firstThrough);
  }
  await Promise.all([ana, ben].map((person) => person.client.realtime.disconnect()));

  const [a, b] = [summarise(direct), summarise(through)];
  return {
    title: 'First delta of a reply',
    lines: [
      SUMMARY_HEAD,
      row('direct call to the model server', a),
      row('mention inserted → first delta at another member', b),
      '',
      `Aim: ≤ 1.2 × direct + one delta interval (250 ms). Seen: ${(b.p50 / a.p50).toFixed(1)} × at p50, ${(b.p50 - a.p50).toFixed(0)} ms more; the aim is ${(1.2 * a.p50 + 250).toFixed(0)} ms.`,
    ],
  };
};
