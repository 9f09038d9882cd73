import { expect, test } from 'vitest';
import { as, person } from './support/actors.ts';
import { createGroup, invite, leave, redeem, removeMember, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { seededPick } from './support/random.ts';
import { refusal, tally } from './support/refusal.ts';
import { append, claim, finish, retry, stop } from './support/replies.ts';

const WORKERS = 12;
const STEPS = 30;
/**
 * What the rules refuse: not a member any more, not one yet when the message was begun, a dead link, the creator. Deadlocks and
 * broken constraints are not among them.
 */
const RULES = ['accepted', 'SR002', '42501', 'SR004', 'SR006'];

const { sql } = await useDatabase();

test('[MSG3] [AI6] [MEM4] whatever people and workers do at once, nothing deadlocks and every rule still holds', async () => {
  const people = await createPeople(8);
  const [first, second, ...others] = people;
  if (first === undefined || second === undefined) throw new Error('no people');
  const chats = [await createGroup(sql, first, others), await createGroup(sql, second, others)];
  const tokens = await Promise.all([invite(sql, first, chats[0] ?? ''), invite(sql, second, chats[1] ?? '')]);

  const outcomes = await Promise.all(
    Array.from({ length: WORKERS }, async (_, worker) => {
      const pick = seededPick(worker);
      const seen: string[] = [];
      for (let step = 0; step < STEPS; step++) {
        const who = pick(people);
        const chat = pick(chats);
        const act = pick<() => Promise<unknown>>([
          () => say(sql, who, chat, 'hello'),
          () => say(sql, who, chat, '@ai hello'),
          () => rename(who, `Name ${worker} ${step}`),
          () => redeem(sql, pick(tokens), who),
          () => leave(sql, who, chat),
          () => removeMember(sql, who, chat, pick(people)),
          () => as(sql, person(who.id), (tx) => tx`select public.mark_read(${chat}, 1000000)`),
          () => as(sql, person(who.id), (tx) => tx`select public.create_invite(${chat})`),
          () => answer(),
          () => answer(),
          async () => stop(sql, who, await anyJob()),
          async () => retry(sql, who, await anyJob()),
        ]);
        seen.push(await refusal(act()));
      }
      return seen;
    }),
  );

  expect(Object.keys(tally(outcomes.flat())).filter((outcome) => !RULES.includes(outcome))).toEqual([]);
  for (const chat of chats) expect(await brokenRules(chat)).toEqual([]);
});

async function createPeople(count: number): Promise<TestPerson[]> {
  const people: TestPerson[] = [];
  while (people.length < count) people.push(await createPerson(sql));
  return people;
}

const rename = ({ id, username }: TestPerson, name: string) =>
  as(sql, person(id), (tx) => tx`select public.save_profile(${name}, ${username})`);

/** One worker's turn: takes what is due, says something, ends it. */
async function answer(): Promise<void> {
  const job = await claim(sql);
  if (job?.lease == null) return;
  const leased = { ...job, lease: job.lease };
  const { stop: stopping } = await append(sql, leased, 0, 'An answer');
  await finish(sql, leased, stopping ? { state: 'stopped', body: 'An answer' } : { state: 'done', body: 'An answer.' });
}

async function anyJob(): Promise<string> {
  const [job] = await sql<{ id: string }[]>`select id from public.reply_jobs order by created_at desc limit 1`;
  return job?.id ?? '00000000-0000-0000-0000-000000000000';
}

/** What does not hold in this chat, by name. */
async function brokenRules(chat: string): Promise<string[]> {
  const [rules] = await sql<Record<string, boolean>[]>`
    select
      (select count(*) = max(seq) and min(seq) = 1 from public.changes where chat_id = c.id) as gapless,
      (select max(seq) = c.last_seq from public.changes where chat_id = c.id) as counted,
      (select count(*) from public.members where chat_id = c.id) <= 20 as seated,
      (select count(*) filter (where role = 'creator') = least(count(*), 1) from public.members where chat_id = c.id) as one_creator,
      (c.closed_at is null) = exists (select 1 from public.members where chat_id = c.id) as closed_when_empty,
      (select count(*) from public.reply_jobs where chat_id = c.id and state = 'running') <= 1 as one_running,
      not exists (
        select 1 from public.reply_jobs j where j.chat_id = c.id and j.state = 'done'
          and not exists (select 1 from public.messages m where m.id = j.message_id and m.status = 'complete')) as answered,
      (select count(*) from public.changes where chat_id = c.id) = (
        select count(*) from realtime.messages where starts_with(topic, 'chat:' || c.id || ':') and event = 'change') as all_broadcast
    from public.chats c where c.id = ${chat}`;
  if (rules === undefined) throw new Error(`no chat ${chat}`);
  return Object.keys(rules).filter((rule) => rules[rule] !== true);
}
