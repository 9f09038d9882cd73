import { expect, test } from 'vitest';
import { as, person, SERVICE } from './support/actors.ts';
import { say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson } from './support/people.ts';
import { openTurns, type TurnClaim } from './support/turns.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');
const cleo = await createPerson(sql, 'cleo');
const { group, jobsIn, ready, claim, decide, speak, silence } = openTurns(sql, ana, [ben, cleo]);

const SILENT = { by: 'gate', action: 'silent', reason: 'for somebody there', confidence: 0.8 };

/** A message on which the gate was silent. */
async function leftAlone(text = 'when does the last bus go?', chat?: string): Promise<[string, string]> {
  const room = chat ?? (await group());
  const message = await say(sql, ana, room, text);
  await ready(room);
  await decide((await claim(room)) as TurnClaim, SILENT);
  return [room, message];
}
const contextOf = async (job: TurnClaim) => {
  const [row] = await as(
    sql,
    SERVICE,
    (tx) => tx`select public.reply_context(${job.job_id}, ${job.lease}, 30) as context`,
  );
  return row?.context;
};

test('[AI3] a question that nobody answers is considered again after a while, once, with that fact', async () => {
  const [chat, question] = await leftAlone();
  expect(await jobsIn(chat)).toMatchObject([{ kind: 'turn', state: 'queued', decision: { reason: SILENT.reason } }]);
  const [wait] = await sql`
    select extract(epoch from run_after - now())::int as seconds from public.reply_jobs where chat_id = ${chat}`;
  expect(wait?.seconds).toBeGreaterThanOrEqual(45);
  expect(wait?.seconds).toBeLessThanOrEqual(90);
  expect(await claim(chat)).toBeNull();

  await sql`update public.messages set created_at = now() - interval '61 seconds' where id = ${question}`;
  await ready(chat);
  expect(await sql`select private.reply_due() as due`, 'the sweeper finds it').toEqual([{ due: true }]);
  const again = (await claim(chat)) as TurnClaim;
  expect(await contextOf(again)).toMatchObject({ unanswered_seconds: 61, trigger_message_id: question });
  await decide(again, SILENT);
  expect(await jobsIn(chat)).toMatchObject([{ state: 'silent', decision: { reason: SILENT.reason } }]);
});

test('[AI3] what comes of the second look is an answer like any other', async () => {
  const [chat, question] = await leftAlone();
  await ready(chat);
  const again = (await claim(chat)) as TurnClaim;
  expect(await decide(again, { ...SILENT, action: 'reply' }, question)).toBe(true);
  expect(await contextOf(again)).toMatchObject({ unanswered_seconds: null });
  expect(await jobsIn(chat)).toMatchObject([{ kind: 'answer', state: 'running', trigger_message_id: question }]);
});

test('[AI3] a first look does not say that nobody has answered', async () => {
  const chat = await group();
  await say(sql, ana, chat, 'when does the last bus go?');
  await ready(chat);
  expect(await contextOf((await claim(chat)) as TurnClaim)).toMatchObject({ unanswered_seconds: null });
});

test.each<[string, (chat: string) => Promise<unknown>]>([
  ['a message', (chat) => say(sql, ben, chat, 'no idea')],
  ['one for people only', (chat) => say(sql, ben, chat, 'no idea', { target: 'people' })],
  ['one that calls the AI', (chat) => say(sql, ben, chat, '@ai do you know?')],
  ['words of the AI', (chat) => speak(chat)],
])('[AI3] any later message ends the waiting: %s', async (_, happens) => {
  const [chat, question] = await leftAlone();
  await happens(chat);
  const [waited] = (await jobsIn(chat)).filter((job) => job.trigger_message_id === question);
  expect(waited).toMatchObject({ state: 'silent', decision: { reason: SILENT.reason } });
});

test('[AI3] a notice is no answer', async () => {
  const [chat] = await leftAlone();
  await as(sql, person(ben.id), (tx) => tx`select public.rename_chat(${chat}, 'Buses')`);
  expect(await jobsIn(chat)).toMatchObject([{ state: 'queued' }]);
});

test('[AI3] a later question waits for its own answer, however often', async () => {
  const [chat, first] = await leftAlone();
  const [, second] = await leftAlone('and the first one?', chat);
  expect((await jobsIn(chat)).map((job) => [job.trigger_message_id, job.state])).toEqual([
    [first, 'silent'],
    [second, 'queued'],
  ]);
});

test('[AI3] a message that came while the second look was being taken ends it', async () => {
  const [chat, question] = await leftAlone();
  await ready(chat);
  const again = (await claim(chat)) as TurnClaim;
  await say(sql, ben, chat, 'at half past eleven');
  expect(await decide(again, { ...SILENT, action: 'reply' }, question)).toBe(false);
  expect(await silence(chat, question)).toBe('talk_went_on');
});

test.each(['we take the bus', 'so: bus or train?! whatever', 'nobody asked “why?” yet, did they'])(
  '[AI3] only questions wait: “%s” does not',
  async (text) => {
    const [chat] = await leftAlone(text);
    expect(await jobsIn(chat)).toMatchObject([{ state: 'silent' }]);
  },
);

test('[AI3] nothing waits where it was asked to be quiet, is to speak only when asked, or somebody has gone on', async () => {
  const happenings: readonly ((chat: string) => Promise<unknown>)[] = [
    (chat) => say(sql, ben, chat, '@ai be quiet'),
    (chat) => as(sql, person(ana.id), (tx) => tx`select public.set_reply_mode(${chat}, 'mention')`),
    (chat) => say(sql, ben, chat, 'wait', { target: 'people' }),
  ];
  for (const happens of happenings) {
    const chat = await group();
    const question = await say(sql, ana, chat, 'when does the last bus go?');
    await ready(chat);
    const job = (await claim(chat)) as TurnClaim;
    await happens(chat);
    await decide(job, SILENT);
    expect((await jobsIn(chat)).find((one) => one.trigger_message_id === question)).toMatchObject({ state: 'silent' });
  }
});

test('[AI3] whoever writes an answer just then is waited for', async () => {
  const [chat] = await leftAlone();
  await as(sql, person(ben.id), (tx) => tx`select public.beat(${chat}, true, true)`);
  await sql`update public.reply_jobs set run_after = now(), touched_at = touched_at - (run_after - now()) where chat_id = ${chat}`;
  expect(await claim(chat)).toBeNull();
  await ready(chat);
  expect(await claim(chat)).not.toBeNull();
});
