import { expect, test } from 'vitest';
import { as, person, SERVICE } from './support/actors.ts';
import { block } from './support/blocks.ts';
import { createGroup, invite, leave, redeem, removeMember, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { seededPick } from './support/random.ts';
import { refusal, tally } from './support/refusal.ts';
import { append, claim, finish, type Leased, stop } from './support/replies.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const others = [await createPerson(sql, 'ben'), await createPerson(sql, 'cleo'), await createPerson(sql, 'dana')];
await sql`update public.accounts set plan = 'pro'`;

const DEADLOCK = '40P01';
const ROUNDS = 40;
const AT_ONCE = 24;

/** What people and workers do in one chat, each a transaction of its own. */
function acts(chat: string, token: string, pick: <T>(from: readonly T[]) => T) {
  const everyone = [ana, ...others];
  const anyone = () => pick(everyone);
  const message = async () =>
    pick(
      (
        await sql<{ id: string; by: string }[]>`
        select id, author_id as by from public.messages where chat_id = ${chat} and kind = 'member' order by seq desc limit 5`
      ).concat({ id: chat, by: ana.id }),
    );
  const call = (who: { readonly id: string }, work: (id: string) => Parameters<typeof as<unknown>>[2], id: string) =>
    as(sql, person(who.id), work(id));
  const leased: Leased[] = [];
  const work = async () => {
    const job = await claim(sql, chat);
    if (job?.lease != null) leased.push({ ...job, lease: job.lease });
  };
  const decide = async (action: string) => {
    const job = leased.at(-1);
    if (job !== undefined)
      await as(
        sql,
        SERVICE,
        (tx) => tx`select public.decide_turn(${job.job_id}, ${job.lease}, ${JSON.stringify({ action })})`,
      );
  };
  return [
    () => say(sql, anyone(), chat, pick(['Shall we?', 'I think so', 'no'])),
    () => say(sql, anyone(), chat, '@ai what now?'),
    () => block(sql, anyone(), anyone(), pick([true, false])),
    () => say(sql, anyone(), chat, pick(['@ai stop', 'stop'])),
    async () => {
      const { id, by } = await message();
      await call({ id: by }, (to) => (tx) => tx`select public.edit_message(${to}, ${pick(['better', 'worse'])})`, id);
    },
    async () => {
      const { id, by } = await message();
      await call({ id: by }, (to) => (tx) => tx`select public.delete_message(${to})`, id);
    },
    async () => {
      const { id } = await message();
      await call(anyone(), (to) => (tx) => tx`select public.set_reaction(${to}, ${'👍'}, ${pick([true, false])})`, id);
    },
    () =>
      call(
        anyone(),
        (id) => (tx) => tx`select public.beat(${id}, ${pick([true, false])}, ${pick([true, false])})`,
        chat,
      ),
    () =>
      call(
        anyone(),
        (id) => (tx) => tx`select public.beat_on_page(${id}, false, ${pick([null, 'a'.repeat(64), 'b'.repeat(64)])})`,
        chat,
      ),
    () =>
      call(anyone(), (id) => (tx) => tx`select public.set_page_presence(${id}, ${pick([true, true, false])})`, chat),
    () => call(anyone(), (id) => (tx) => tx`select public.mark_read(${id}, ${pick([1, 5, 1000])})`, chat),
    () => call(ana, (id) => (tx) => tx`select public.rename_chat(${id}, ${pick(['One', 'Two'])})`, chat),
    () => call(anyone(), (id) => (tx) => tx`select public.tune_replies(${id}, ${pick([-1, 1])})`, chat),
    () => removeMember(sql, ana, chat, pick(others)),
    () => leave(sql, pick(others), chat),
    () => redeem(sql, token, pick(others)),
    () => redeem(sql, token, pick(others)),
    () => redeem(sql, token, pick(others)),
    async () => {
      // What waits for a pause in the talk is due at once here.
      await sql`
        update public.reply_jobs set run_after = now() where id in (
          select id from public.reply_jobs where chat_id = ${chat} and state = 'queued' for update skip locked)`;
      await work();
    },
    work,
    () => decide('reply'),
    () => decide('silent'),
    async () => {
      const job = leased.at(-1);
      if (job !== undefined) await append(sql, job, 0, 'So');
    },
    async () => {
      const job = leased.pop();
      if (job !== undefined)
        await finish(sql, job, { retry: pick([true, false]), state: pick(['done', 'failed']), error: 'provider' });
    },
    async () => {
      const job = leased.at(-1);
      if (job !== undefined) await stop(sql, ana, job.job_id);
    },
  ];
}

/** Settles at once what a person may be refused, and gives the codes. */
async function live(seed: number): Promise<Record<string, number>> {
  const pick = seededPick(seed);
  await sql`delete from public.blocks`;
  const chat = await createGroup(sql, ana, others as TestPerson[]);
  await as(sql, person(ana.id), (tx) => tx`select public.set_reply_mode(${chat}, 'automatic')`);
  const all = acts(chat, await invite(sql, ana, chat), pick);
  const outcomes: string[] = [];
  for (let round = 0; round < ROUNDS; round++)
    outcomes.push(...(await Promise.all(Array.from({ length: AT_ONCE }, () => refusal(Promise.resolve(pick(all)()))))));
  return tally(outcomes);
}

test.each([1, 2, 3])('whatever is done in a chat at once, no two wait for each other: seed %i', async (seed) => {
  const outcomes = await live(seed);
  expect(outcomes[DEADLOCK]).toBeUndefined();
  expect(outcomes['accepted']).toBeGreaterThan((ROUNDS * AT_ONCE) / 3);
});
