import postgres from 'postgres';
import { callDirectly, liftLimits } from './support/ask.ts';
import type { Bench } from './support/bench.ts';
import { createGroup, createPerson } from './support/people.ts';
import { now, row, SUMMARY_HEAD, summarise } from './support/samples.ts';

const CHATS = 50;
const QUESTION = 'count to 20';
const PATIENCE_MS = 120_000;

interface Answered {
  readonly seconds: number;
  readonly attempts: number;
  readonly messages: number;
  readonly state: string;
}

/** As many chats that ask at the same moment: from the question to the stored answer, beside as many direct calls at once. */
export const repliesAtOnce: Bench = async (context) => {
  const asker = await createPerson(context, 'Busy');
  await liftLimits(context.adminUrl, asker.id);
  const chats: string[] = [];
  while (chats.length < CHATS) chats.push((await createGroup(asker, `Group ${chats.length}`)).chatId);
  // Both ways are warm.
  await callDirectly(context, QUESTION);

  context.progress(`${CHATS} direct calls at once`);
  const direct = await Promise.all(chats.map(() => callDirectly(context, QUESTION)));
  context.progress(`${CHATS} chats at once`);
  const start = now();
  await Promise.all(
    chats.map(async (chat_id) => {
      await asker.client.from('messages').insert({ id: crypto.randomUUID(), chat_id, body: `@ai ${QUESTION}` });
      await asker.client.functions.invoke('reply', { body: { chat_id } });
    }),
  );
  const asked = now() - start;
  const sql = postgres(context.adminUrl, { max: 1 });
  try {
    let jobs: readonly Answered[] = [];
    while (now() - start < PATIENCE_MS) {
      jobs = await sql<Answered[]>`
        select j.state, j.attempts, extract(epoch from j.finished_at - j.created_at)::float8 as seconds,
          (select count(*)::int from public.messages m where m.chat_id = j.chat_id and m.kind = 'assistant') as messages
        from public.reply_jobs j where j.chat_id = any (${chats}::uuid[])`;
      if (jobs.length === CHATS && jobs.every(({ state }) => state !== 'queued' && state !== 'running')) break;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    const done = jobs.filter(({ state }) => state === 'done');
    const floor = summarise(direct.map(({ last }) => last));
    const through = summarise(done.map(({ seconds }) => seconds * 1000));
    const count = (counts: (job: Answered) => boolean) => jobs.filter(counts).length;
    return {
      title: '50 chats answered at once',
      lines: [
        SUMMARY_HEAD,
        row('floor, direct calls at once: the last word', floor),
        row('question stored → answer stored', through),
        '',
        `Asked within ${asked.toFixed(0)} ms by one person, with one process of functions. ${done.length} of ${CHATS} were answered; ${count(({ messages }) => messages > 1)} doubled, ${count(({ messages }) => messages === 0)} without a message, ${count(({ attempts }) => attempts > 1)} begun more than once. ${(through.p50 / floor.p50).toFixed(2)} × the floor at p50, ${(through.p95 / floor.p95).toFixed(2)} × at p95.`,
      ],
    };
  } finally {
    await sql.end();
  }
};
