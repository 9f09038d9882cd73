import { expect, test } from 'vitest';
import { as, person } from './support/actors.ts';
import { createGroup, leave, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson } from './support/people.ts';
import { openTurns, type TurnClaim } from './support/turns.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');
const cleo = await createPerson(sql, 'cleo');
const { group, jobsIn, ready, claim, decide, speak, silence, reactionsTo } = openTurns(sql, ana, [ben, cleo]);

const REPLY = { by: 'gate', action: 'reply', reason: 'open question', confidence: 0.9 };

/** A question, and somebody else's message after which the gate is asked. */
async function considered(first = 'what is lagan?', second = 'brb'): Promise<[string, string, string, TurnClaim]> {
  const chat = await group();
  const question = await say(sql, ana, chat, first);
  const newest = await say(sql, ben, chat, second);
  await ready(chat);
  return [chat, question, newest, (await claim(chat)) as TurnClaim];
}

test('[AI3] the message that the gate means is answered, and whoever wrote it', async () => {
  const [chat, question, newest, job] = await considered();
  expect(await decide(job, REPLY, question)).toBe(true);
  expect((await jobsIn(chat)).find(({ id }) => id === job.job_id)).toMatchObject({
    ...{ kind: 'answer', state: 'running', trigger_message_id: question, asker_id: ana.id },
  });
  expect(await silence(chat, newest)).toBe('answered_other');
});

test('[AI3] what was noted of that message before makes way for the answer', async () => {
  const [chat, question, , first] = await considered('we met', 'yes');
  await decide(first, { by: 'gate', action: 'silent', reason: 'talk' });
  const later = await say(sql, cleo, chat, 'so what is lagan?');
  await ready(chat);
  const job = (await claim(chat)) as TurnClaim;
  const noted = (await jobsIn(chat)).find(({ state }) => state === 'silent')?.trigger_message_id ?? '';
  expect(await decide(job, REPLY, noted)).toBe(true);
  const jobs = await jobsIn(chat);
  expect(jobs.map((one) => [one.trigger_message_id, one.kind])).toEqual([
    [noted, 'answer'],
    [later, 'turn'],
  ]);
  expect(noted).not.toBe(question);
});

test('[AI3] a message that has its answer is not answered again', async () => {
  const chat = await group();
  const asked = await say(sql, ana, chat, '@ai what is lagan?');
  const answer = (await claim(chat)) as TurnClaim;
  await sql`select public.finish_reply(${answer.job_id}, ${answer.lease}, 'failed', '', 'model', false)`;
  await sql`update public.messages set deleted_at = now() where chat_id = ${chat} and kind = 'assistant'`;
  const newest = await say(sql, ben, chat, 'anyone?');
  await ready(chat);
  expect(await decide((await claim(chat)) as TurnClaim, REPLY, asked)).toBe(true);
  expect((await jobsIn(chat)).map((job) => job.trigger_message_id)).toEqual([asked, newest]);
});

test.each([
  ['of another chat', async () => say(sql, ana, await createGroup(sql, ana), 'elsewhere')],
  ['that is none', async () => crypto.randomUUID()],
  ['for people only', async (chat: string) => say(sql, ana, chat, 'psst', { target: 'people' })],
  [
    'taken back',
    async (chat: string) => {
      const id = await say(sql, ana, chat, 'oops');
      await as(sql, person(ana.id), (tx) => tx`select public.delete_message(${id})`);
      return id;
    },
  ],
  [
    'whose author has gone',
    async (chat: string) => {
      const id = await say(sql, cleo, chat, 'what is lagan?');
      await leave(sql, cleo, chat);
      return id;
    },
  ],
  [
    'from before the context of whoever wrote the newest',
    async (chat: string) => {
      const id = await say(sql, ana, chat, 'long ago');
      await as(sql, person(ben.id), (tx) => tx`select public.clear_chat(${chat})`);
      return id;
    },
  ],
  [
    'that is a notice',
    async (chat: string) =>
      (await sql`select id from public.messages where chat_id = ${chat} and kind = 'system' limit 1`)[0]?.id,
  ],
])('[AI3] [AI4] a message %s is none that it may mean', async (_, make) => {
  for (const decision of [REPLY, { ...REPLY, action: 'react', emoji: '👍' }]) {
    const chat = await group();
    const meant = await make(chat);
    const newest = await say(sql, ben, chat, 'where do we go on Sunday');
    await ready(chat);
    const job = (await claim(chat)) as TurnClaim;
    await decide(job, decision, meant);
    const made = (await jobsIn(chat)).find(({ id }) => id === job.job_id);
    // It answers the newest, and reacts to nothing.
    expect(made).toMatchObject({ trigger_message_id: newest, kind: decision.action === 'reply' ? 'answer' : 'turn' });
    expect(
      await sql`select 1 from private.assistant_reactions where chat_id = ${chat} or message_id = ${meant}`,
    ).toEqual([]);
  }
});

test('[AI3] a decision that comes after a request for quiet, a change of the mode, or words of its own, is not carried out', async () => {
  const late: readonly [string, (chat: string) => Promise<unknown>][] = [
    ['asked_to_be_quiet', (chat) => say(sql, cleo, chat, '@ai be quiet')],
    ['not_automatic', (chat) => as(sql, person(ana.id), (tx) => tx`select public.set_reply_mode(${chat}, 'mention')`)],
    ['spoke_lately', (chat) => speak(chat)],
  ];
  for (const [reason, happens] of late) {
    for (const decision of [REPLY, { ...REPLY, action: 'react', emoji: '👍' }]) {
      const [chat, question, newest, job] = await considered();
      await happens(chat);
      expect(await decide(job, decision, question)).toBe(false);
      expect(await silence(chat, newest), reason).toBe(reason);
      expect(await reactionsTo(question)).toEqual([]);
    }
  }
});
