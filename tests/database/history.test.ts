import { describe, expect, test } from 'vitest';
import { as, person, SERVICE } from './support/actors.ts';
import { broadcasts, topicOf } from './support/broadcasts.ts';
import { createGroup, invite, leave, redeem, removeMember, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { refusal } from './support/refusal.ts';
import { article } from './support/shares.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');
const cleo = await createPerson(sql, 'cleo');

const seen = async (who: TestPerson, chat: string) =>
  (
    await as(
      sql,
      person(who.id),
      (tx) => tx<{ body: string }[]>`
        select body from public.messages where chat_id = ${chat} and kind = 'member' order by seq`,
    )
  ).map(({ body }) => body);

/** All that catch-up, list, search and context give somebody, as one text. */
async function everything(who: TestPerson, chat: string): Promise<string> {
  return as(sql, person(who.id), async (tx) => {
    const all = [
      await tx`select public.catch_up(${chat}, 0, 500)`,
      await tx`select public.my_chats()`,
      await tx`select public.search_messages('word')`,
      await tx`select public.search_messages('', p_author => ${ana.id})`,
      await tx`select public.search_messages('', p_page => 'example.org')`,
      await tx`select to_jsonb(s) from public.page_shares s where chat_id = ${chat}`,
      await tx`select public.shares_of_pages(digit) from unnest(string_to_array('0123456789abcdef', null)) digit`,
    ];
    return JSON.stringify(all);
  });
}

async function groupOf60(): Promise<string> {
  const chat = await createGroup(sql, ana, [ben]);
  for (let count = 1; count <= 60; count++) await say(sql, ana, chat, `word ${count}.`);
  return chat;
}

describe('[INV1] [MEM5] what newcomers see of what was said before', () => {
  test.each([
    ['all', 60, 'word 1.'],
    ['last50', 50, 'word 11.'],
    ['none', 0, undefined],
  ] as const)('%s', async (history, count, first) => {
    const chat = await groupOf60();
    await redeem(sql, await invite(sql, ana, chat, { history }), cleo);
    expect(await seen(cleo, chat)).toHaveLength(count);
    expect((await seen(cleo, chat))[0]).toBe(first);
    expect(await seen(ben, chat), 'others see what they saw').toHaveLength(60);
    await say(sql, ben, chat, 'after');
    expect((await seen(cleo, chat)).at(-1)).toBe('after');
  });

  test('nothing of it comes by any other path, a change of an old message included', async () => {
    const chat = await createGroup(sql, ana, [ben]);
    const old = await say(sql, ana, chat, 'word before', { shares: [article()] });
    await redeem(sql, await invite(sql, ana, chat, { history: 'none' }), cleo);
    await sql`update public.messages set body = 'word before, edited', edited_at = now() where id = ${old}`;
    expect(await everything(cleo, chat)).not.toContain('word before');
    expect(await everything(cleo, chat)).not.toContain(article().text);
    expect(await everything(ben, chat)).toContain('word before, edited');
    expect(await everything(ben, chat)).toContain(article().text);
    const later = (await broadcasts(sql, await topicOf(sql, chat))).slice(-1);
    expect(later).toMatchObject([{ event: 'hint', payload: { chat_id: chat } }]);
    expect(Object.keys(later[0]?.payload ?? {}).toSorted()).toEqual(['chat_id', 'seq']);
  });

  test('the AI answers somebody from what they may see', async () => {
    const chat = await createGroup(sql, ana, [ben]);
    await say(sql, ana, chat, 'word before');
    await redeem(sql, await invite(sql, ana, chat, { history: 'none' }), cleo);
    await say(sql, cleo, chat, '@ai what was said?');
    const [claimed] = await as(
      sql,
      SERVICE,
      (tx) => tx<{ job: { job_id: string; lease: string } }[]>`select public.claim_reply(${chat}) as job`,
    );
    const [context] = await as(
      sql,
      SERVICE,
      (tx) => tx`select public.reply_context(${claimed?.job.job_id ?? ''}, ${claimed?.job.lease ?? ''}, 60) as context`,
    );
    expect(JSON.stringify(context)).toContain('what was said?');
    expect(JSON.stringify(context)).not.toContain('word before');
  });

  test('an old answer that is tried again is not told to who may not see it', async () => {
    const chat = await createGroup(sql, ana, [ben]);
    await say(sql, ana, chat, '@ai tell me');
    const claim = async () => {
      const [row] = await as(
        sql,
        SERVICE,
        (tx) => tx<{ job: { job_id: string; lease: string } }[]>`select public.claim_reply(${chat}) as job`,
      );
      if (row === undefined) throw new Error('nothing was claimed');
      return row.job;
    };
    const first = await claim();
    await as(
      sql,
      SERVICE,
      (tx) => tx`select public.finish_reply(${first.job_id}, ${first.lease}, 'failed', '', 'refused', false)`,
    );
    await redeem(sql, await invite(sql, ana, chat, { history: 'none' }), cleo);
    await as(sql, person(ana.id), (tx) => tx`select public.retry_reply(${first.job_id})`);
    const again = await claim();
    await as(
      sql,
      SERVICE,
      (tx) => tx`select public.append_reply(${again.job_id}, ${again.lease}, 0, 'a secret from before')`,
    );
    const partial = (who: TestPerson) =>
      as(sql, person(who.id), (tx) => tx`select partial from public.reply_jobs where chat_id = ${chat}`);
    expect([...(await partial(cleo))]).toEqual([]);
    expect([...(await partial(ben))]).toEqual([{ partial: 'a secret from before' }]);
    await as(
      sql,
      SERVICE,
      (tx) =>
        tx`select public.finish_reply(${again.job_id}, ${again.lease}, 'done', 'a secret from before', null, false)`,
    );
    expect(JSON.stringify(await broadcasts(sql, await topicOf(sql, chat)))).not.toContain('a secret from before');
    expect(await everything(cleo, chat)).not.toContain('a secret from before');
    expect(await everything(ben, chat)).toContain('a secret from before');
  });

  test('who comes in the midst of an answer sees it', async () => {
    const chat = await createGroup(sql, ana, [ben]);
    await say(sql, ana, chat, '@ai tell me');
    await redeem(sql, await invite(sql, ana, chat, { history: 'none' }), cleo);
    const rows = await as(sql, person(cleo.id), (tx) => tx`select 1 from public.reply_jobs where chat_id = ${chat}`);
    expect(rows).toHaveLength(1);
  });

  test('who comes back sees what the new invite says', async () => {
    const chat = await groupOf60();
    await removeMember(sql, ana, chat, ben);
    await redeem(sql, await invite(sql, ana, chat, { history: 'none' }), ben);
    expect(await seen(ben, chat)).toEqual([]);
  });
});

test('[CHAT6] who deletes a chat for themselves sees nothing said before, and the others see all', async () => {
  const chat = await groupOf60();
  await as(sql, person(ben.id), (tx) => tx`select public.clear_chat(${chat})`);
  expect([await seen(ben, chat), (await seen(ana, chat)).length]).toEqual([[], 60]);
  expect(await everything(ben, chat)).not.toContain('word 60.');
  await say(sql, ana, chat, 'after');
  expect(await seen(ben, chat)).toEqual(['after']);
});

describe('[INV1] approval', () => {
  const answer = (who: TestPerson, chat: string, whom: TestPerson, accept: boolean) =>
    as(sql, person(who.id), (tx) => tx`select public.answer_request(${chat}, ${whom.id}, ${accept})`);
  const isIn = async (chat: string, who: TestPerson) =>
    (await sql`select 1 from public.members where chat_id = ${chat} and user_id = ${who.id}`).length === 1;
  const waiting = async (who: TestPerson) =>
    (
      await as(sql, person(who.id), (tx) => tx<{ row: { chat_id: string } }[]>`select public.my_join_requests() as row`)
    ).map(({ row }) => row.chat_id);

  test('whoever comes waits, sees nothing, and any member lets them in', async () => {
    const chat = await createGroup(sql, ana, [ben]);
    await say(sql, ana, chat, 'word');
    const token = await invite(sql, ana, chat, { needsApproval: true, maxUses: 1 });
    expect(await redeem(sql, token, cleo)).toEqual({ chat_id: chat, joined: false, waiting: true });
    expect(await redeem(sql, token, cleo), 'again').toEqual({ chat_id: chat, joined: false, waiting: true });
    expect(await waiting(cleo)).toEqual([chat]);
    expect(await seen(cleo, chat)).toEqual([]);
    expect(await refusal(answer(cleo, chat, cleo, true)), 'nobody lets themselves in').toBe('SR002');
    const faces = await as(
      sql,
      person(ben.id),
      (tx) =>
        tx`select p.id from public.join_requests r join public.profiles p on p.id = r.user_id where r.chat_id = ${chat}`,
    );
    expect([...faces]).toEqual([{ id: cleo.id }]);
    await answer(ben, chat, cleo, true);
    expect([await isIn(chat, cleo), await waiting(cleo)]).toEqual([true, []]);
    expect(await seen(cleo, chat)).toEqual(['word']);
    const [notice] = await sql<{ notice: unknown }[]>`
      select notice from public.messages where chat_id = ${chat} and kind = 'system' order by seq desc limit 1`;
    expect(notice?.notice).toEqual({ type: 'joined', user_id: cleo.id, by: ben.id });
    const [{ uses } = { uses: -1 }] = await sql<{ uses: number }[]>`
      select uses from public.invites where token_hash = private.hash_token(${token})`;
    expect(uses).toBe(1);
  });

  test('who is declined does not come by the same link, but by another', async () => {
    const chat = await createGroup(sql, ana);
    const token = await invite(sql, ana, chat, { needsApproval: true });
    await redeem(sql, token, cleo);
    await answer(ana, chat, cleo, false);
    expect([await isIn(chat, cleo), await waiting(cleo)]).toEqual([false, []]);
    expect(await refusal(redeem(sql, token, cleo))).toBe('SR004');
    expect(await redeem(sql, await invite(sql, ana, chat), cleo)).toMatchObject({ joined: true });
  });

  test('who takes the request back does not wait any more', async () => {
    const chat = await createGroup(sql, ana);
    await redeem(sql, await invite(sql, ana, chat, { needsApproval: true }), cleo);
    await as(sql, person(cleo.id), (tx) => tx`select public.withdraw_request(${chat})`);
    expect(await waiting(cleo)).toEqual([]);
    await answer(ana, chat, cleo, true);
    expect(await isIn(chat, cleo)).toBe(false);
  });

  test('who took a request back, or left again, comes by the same link', async () => {
    const chat = await createGroup(sql, ana);
    const token = await invite(sql, ana, chat, { needsApproval: true });
    await redeem(sql, token, cleo);
    await as(sql, person(cleo.id), (tx) => tx`select public.withdraw_request(${chat})`);
    expect(await redeem(sql, token, cleo)).toMatchObject({ waiting: true });
    await answer(ana, chat, cleo, true);
    await leave(sql, cleo, chat);
    expect(await redeem(sql, token, cleo)).toMatchObject({ waiting: true });
    await answer(ana, chat, cleo, true);
  });

  test.each(['deleted', 'left by all'])('nobody waits for a group that is %s', async (how) => {
    const chat = await createGroup(sql, ana);
    const token = await invite(sql, ana, chat, { needsApproval: true });
    await redeem(sql, token, cleo);
    if (how === 'deleted') await as(sql, person(ana.id), (tx) => tx`select public.delete_chat(${chat}, 'Test group')`);
    else await leave(sql, ana, chat);
    expect(await waiting(cleo)).not.toContain(chat);
    expect(await refusal(redeem(sql, token, cleo))).toBe('SR004');
    const told = (await broadcasts(sql, `user:${cleo.id}`)).filter(({ payload }) => payload['chat_id'] === chat);
    expect(told.map(({ payload }) => payload)).toEqual([{ chat_id: chat, member: false }]);
  });

  test('of two who answer at once the first counts', async () => {
    for (let round = 0; round < 5; round++) {
      const chat = await createGroup(sql, ana, [ben]);
      await redeem(sql, await invite(sql, ana, chat, { needsApproval: true }), cleo);
      await Promise.all([answer(ana, chat, cleo, true), answer(ben, chat, cleo, false)]);
      const declined = await sql`select 1 from public.audit_events where chat_id = ${chat} and type = 'join_declined'`;
      expect(await isIn(chat, cleo)).toBe(declined.length === 0);
      expect(await waiting(cleo)).not.toContain(chat);
    }
  });

  test('in a full group the request stays until there is a seat', async () => {
    const others = [];
    while (others.length < 19) others.push(await createPerson(sql, 'other'));
    const chat = await createGroup(sql, ana, others);
    await redeem(sql, await invite(sql, ana, chat, { needsApproval: true }), cleo);
    expect(await refusal(answer(ana, chat, cleo, true))).toBe('SR003');
    expect(await waiting(cleo)).toEqual([chat]);
    await removeMember(sql, ana, chat, others[0] as TestPerson);
    await answer(ana, chat, cleo, true);
    expect(await isIn(chat, cleo)).toBe(true);
  });
});
