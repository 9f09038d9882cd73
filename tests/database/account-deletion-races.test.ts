import { describe, expect, test } from 'vitest';
import { begin, finish, messagesOf, remove, talk } from './support/account-deletion.ts';
import { as, person, SERVICE } from './support/actors.ts';
import { createCrowd, createGroup, insertMessage, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import type { TestPerson } from './support/people.ts';
import { refusal, tally } from './support/refusal.ts';
import { ask, claimLeased } from './support/replies.ts';
import { hold, waitForBlocked } from './support/waiting.ts';

const { sql } = await useDatabase();

describe('[SAFE6] while others go on', () => {
  test('a message that is being sent, and the deletion, do not wait for each other', async () => {
    const { ana, ben, chat } = await talk(sql);
    const sending = await hold(sql, async (tx) => {
      await tx`select set_config('request.jwt.claims', ${JSON.stringify({ role: 'authenticated', sub: ana.id })}, true), set_config('role', 'authenticated', true)`;
      await insertMessage(tx, chat, 'at the last moment');
    });
    const deleting = refusal(begin(sql, ana, 'remove', 'remove'));
    await waitForBlocked(sql, 1);
    await sending.commit();
    expect(await deleting).toBe('accepted');
    expect(await finish(sql, ana)).toBe(true);
    expect((await messagesOf(sql, chat)).map(({ body }) => body)).toEqual(['', '', 'his words', '']);
    expect(await refusal(say(sql, ben, chat, 'and on'))).toBe('accepted');
  });

  test('a worker that counts an answer against the person, and the deletion, neither', async () => {
    const { ana, chat } = await talk(sql);
    await ask(sql, ana, chat);
    await begin(sql, ana, 'keep', 'keep');
    const working = await hold(sql, async (tx) => {
      await tx`select from public.reply_jobs where chat_id = ${chat} for update`;
    });
    const finishing = refusal(finish(sql, ana));
    await waitForBlocked(sql, 1);
    // What claiming does under its lock.
    await sql`select private.take_reply(${ana.id})`;
    await working.commit();
    expect(await finishing).toBe('accepted');
    // Whoever takes it up now finds nobody to answer, and ends it without a word.
    const job = await claimLeased(sql, chat);
    const read = await as(
      sql,
      SERVICE,
      (tx) => tx`select public.reply_context(${job.job_id}, ${job.lease}) as context`,
    );
    expect(read[0]?.['context']).toBeNull();
  });

  test('of crowds that write, react, rename and leave at once nobody is refused for a deadlock, and nothing of others is lost', async () => {
    const { chat, members } = await createCrowd(sql, 12);
    const [stays, ...rest] = members as [TestPerson, ...TestPerson[]];
    const second = await createGroup(sql, stays, rest);
    await sql`update public.accounts set plan = 'pro'`;
    const first = await say(sql, stays, chat, 'hello');
    const goes = rest.slice(0, 6);
    const others = [stays, ...rest.slice(6)];
    const said: string[] = [];
    const work: Promise<string>[] = [];
    for (let round = 0; round < 12; round++) {
      for (const who of others)
        work.push(
          refusal(
            say(sql, who, round % 2 === 0 ? chat : second, `${who.username} ${round}`).then((id) => said.push(id)),
          ),
        );
      for (const who of goes) {
        work.push(refusal(say(sql, who, round % 2 === 0 ? second : chat, round % 3 === 0 ? '@ai hm?' : 'I go soon')));
        work.push(
          refusal(
            as(sql, person(who.id), (tx) => tx`select public.set_reaction(${first}, ${'👍'}, ${round % 2 === 0})`),
          ),
        );
        work.push(
          refusal(as(sql, person(who.id), (tx) => tx`select public.save_profile(${`Name ${round}`}, ${who.username})`)),
        );
      }
      const leaving = goes[round - 3];
      if (leaving !== undefined) work.push(refusal(begin(sql, leaving, round % 2 === 0 ? 'remove' : 'keep', 'remove')));
    }
    const outcomes = tally(await Promise.all(work));
    const finished = await Promise.all(goes.map((who) => refusal(finish(sql, who))));
    expect(outcomes['40P01']).toBe(undefined);
    expect(tally(finished)).toEqual({ accepted: 6 });
    for (const who of goes) expect(await sql`select from auth.users where id = ${who.id}`).toHaveLength(0);
    expect(said).toHaveLength(12 * others.length);
    const kept =
      await sql`select from public.messages where id = any(${said}) and body <> '' and author_id is not null`;
    expect(kept).toHaveLength(said.length);
    for (const id of [chat, second]) {
      const [order] = await sql<{ gapless: boolean }[]>`
        select count(*) = max(seq) as gapless from public.changes where chat_id = ${id}`;
      expect(order?.gapless).toBe(true);
    }
  });

  test('somebody who said a great deal is gone within the time that a request has', async () => {
    const { ana, chat } = await talk(sql);
    await sql`insert into public.messages (id, chat_id, author_id, body) select gen_random_uuid(), ${chat}, ${ana.id}, 'word ' || n from generate_series(1, 3000) n`;
    const began = performance.now();
    await remove(sql, ana);
    expect(performance.now() - began).toBeLessThan(8_000);
  });
});
