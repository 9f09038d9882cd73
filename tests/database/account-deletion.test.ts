import { describe, expect, test } from 'vitest';
import { as, person, SERVICE } from './support/actors.ts';
import { attach } from './support/attachments.ts';
import { createCrowd, createGroup, createSolo, insertMessage, invite, redeem, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, createUser, type TestPerson } from './support/people.ts';
import { refusal, tally } from './support/refusal.ts';
import { ask, claim } from './support/replies.ts';
import { hold, waitForBlocked } from './support/waiting.ts';

const { sql } = await useDatabase();

type Choice = 'remove' | 'keep';
const begin = (who: TestPerson, messages: Choice, files: Choice, typed = who.username) =>
  as(sql, person(who.id), (tx) => tx`select public.delete_account(${typed}, ${messages}, ${files})`);
const finish = async (who: { readonly id: string }) =>
  (await as(sql, person(who.id), (tx) => tx<{ done: boolean }[]>`select public.finish_account() as done`))[0]?.done;
async function remove(who: TestPerson, messages: Choice = 'remove', files: Choice = 'remove'): Promise<void> {
  await begin(who, messages, files);
  expect(await finish(who)).toBe(true);
}
const purge = () => as(sql, SERVICE, (tx) => tx`select public.purge_rows()`);

/** A group of two with words, an answer to them, a reaction and a file of Ana's. */
async function talk() {
  const ana = await createPerson(sql, 'ana');
  const ben = await createPerson(sql, 'ben');
  const chat = await createGroup(sql, ana, [ben]);
  const file = await attach(sql, ana, chat);
  const words = await say(sql, ana, chat, 'my words', { attachmentIds: [file] });
  const bare = await attach(sql, ana, chat);
  const only = await say(sql, ana, chat, '', { attachmentIds: [bare] });
  const answer = await say(sql, ben, chat, 'his words', { replyTo: words });
  await as(sql, person(ana.id), (tx) => tx`select public.set_reaction(${answer}, ${'👍'}, true)`);
  await as(sql, person(ben.id), (tx) => tx`select public.set_reaction(${words}, ${'👍'}, true)`);
  return { ana, ben, chat, words, only, answer };
}

interface Kept {
  readonly id: string;
  readonly body: string;
  readonly author_id: string | null;
  readonly deleted: boolean;
  readonly files: number;
  readonly reactions: unknown[];
}
const messagesOf = (chat: string) => sql<Kept[]>`
  select id, body, author_id, deleted_at is not null as deleted, jsonb_array_length(attachments) as files, reactions
  from public.messages where chat_id = ${chat} and kind = 'member' order by seq`;

describe('[SAFE6] deleting one’s account', () => {
  test('with messages removed leaves tombstones, and others’ words as they are', async () => {
    const { ana, ben, chat, words, only, answer } = await talk();
    await remove(ana);
    expect([...(await messagesOf(chat))]).toEqual([
      { id: words, body: '', author_id: null, deleted: true, files: 0, reactions: [] },
      { id: only, body: '', author_id: null, deleted: true, files: 0, reactions: [] },
      { id: answer, body: 'his words', author_id: ben.id, deleted: false, files: 0, reactions: [] },
    ]);
    expect(await sql`select from public.attachments where chat_id = ${chat}`).toHaveLength(0);
  });

  test('with messages and files kept leaves those of a former member', async () => {
    const { ana, chat, words, only } = await talk();
    await remove(ana, 'keep', 'keep');
    expect((await messagesOf(chat)).slice(0, 2)).toMatchObject([
      { id: words, body: 'my words', author_id: null, deleted: false, files: 1 },
      { id: only, body: '', author_id: null, deleted: false, files: 1 },
    ]);
    expect(await sql`select owner_id from public.attachments where chat_id = ${chat}`).toEqual([
      { owner_id: null },
      { owner_id: null },
    ]);
  });

  test('with messages kept and files removed leaves the words', async () => {
    const { ana, chat, words, only } = await talk();
    await remove(ana, 'keep', 'remove');
    expect((await messagesOf(chat)).slice(0, 2)).toMatchObject([
      { id: words, body: 'my words', deleted: false, files: 0 },
      { id: only, deleted: true, files: 0 },
    ]);
    expect(await sql`select from public.attachments where chat_id = ${chat}`).toHaveLength(0);
  });

  test('leaves nothing that leads to the person, in any table', async () => {
    const { ana, ben, chat } = await talk();
    const solo = await createSolo(sql, ana);
    const secret = await say(sql, ana, solo, 'only for the AI');
    await ask(sql, ana, chat);
    await as(sql, person(ana.id), (tx) => tx`select public.beat(${chat}, true)`);
    await as(
      sql,
      person(ana.id),
      (tx) => tx`select public.report_message((select id from public.messages where author_id = ${ben.id}), 'spam')`,
    );
    const other = await createGroup(sql, ben);
    await redeem(sql, await invite(sql, ben, other, { needsApproval: true }), ana);
    await as(sql, person(ana.id), (tx) => tx`select public.set_block(${ben.id}, true)`);
    const session =
      await sql`insert into auth.sessions (id, user_id) values (gen_random_uuid(), ${ana.id}) returning id`;
    await remove(ana);
    expect(await sql`select from auth.sessions where id = ${session[0]?.['id']}`).toHaveLength(0);
    expect(await sql`select from public.chats where id = ${solo}`).toHaveLength(0);
    expect(await sql`select from public.messages where id = ${secret}`).toHaveLength(0);
    // Their id alone stays, where it says that it was the same person: in the log and in notices.
    const places = await sql<{ table: string; column: string }[]>`
      select format('%I.%I', table_schema, table_name) as table, column_name as column from information_schema.columns
      where table_schema in ('public', 'private', 'auth') and data_type = 'uuid'
        and table_name in (select tablename from pg_tables)`;
    const left: string[] = [];
    for (const { table, column } of places)
      if ((await sql.unsafe(`select from ${table} where ${column} = '${ana.id}'`)).length > 0)
        left.push(`${table}.${column}`);
    expect(left.toSorted()).toEqual([
      'public.audit_events.actor_id',
      'public.audit_events.subject_id',
      'public.changes.entity_id',
    ]);
    expect(await sql`select from public.profiles where username = ${ana.username}`).toHaveLength(0);
  });

  test('[MEM2] hands groups to the longest-standing member, and closes those of nobody else', async () => {
    const { chat, members } = await createCrowd(sql, 3);
    const [creator, second] = members as [TestPerson, TestPerson];
    const alone = await createGroup(sql, creator);
    await remove(creator);
    expect(await sql`select user_id from public.members where chat_id = ${chat} and role = 'creator'`).toEqual([
      { user_id: second.id },
    ]);
    expect(await sql`select closed_at is not null as closed from public.chats where id = ${alone}`).toEqual([
      { closed: true },
    ]);
    const notices = await sql<{ type: string }[]>`
      select notice ->> 'type' as type from public.messages where chat_id = ${chat} and kind = 'system' order by seq desc limit 2`;
    expect(notices.map(({ type }) => type)).toEqual(['creator', 'left']);
  });

  test('members read the outcome from the log', async () => {
    const { ana, ben, chat, words } = await talk();
    const [before] = await sql<{ seq: string }[]>`select last_seq as seq from public.chats where id = ${chat}`;
    await remove(ana);
    const changes = await as(
      sql,
      person(ben.id),
      (tx) => tx<{ change: { seq: number; entity_id: string; message?: { body: string } } }[]>`
        select public.catch_up(${chat}, ${before?.seq ?? '0'}, 500) as change`,
    );
    expect(changes.map(({ change }) => change.seq)).toEqual(changes.map((_, index) => Number(before?.seq) + 1 + index));
    expect(changes.find(({ change }) => change.entity_id === words)?.change.message?.body).toBe('');
    const hints =
      await sql`select payload from realtime.messages where event = 'hint' and payload ->> 'chat_id' = ${chat}`;
    expect(hints).toHaveLength(1);
  });

  test('wants the username typed, and a choice', async () => {
    const { ana, ben } = await talk();
    expect(await refusal(begin(ana, 'keep', 'keep', ben.username))).toBe('SR073');
    expect(await refusal(begin(ana, 'keep', 'keep', ''))).toBe('SR073');
    expect(await refusal(begin(ana, 'perhaps' as Choice, 'keep'))).toBe('SR075');
    expect(await finish(ana), 'only one that was deleted before').toBe(false);
    expect(await sql`select from public.profiles where id = ${ana.id}`).toHaveLength(1);
    expect(await refusal(begin(ana, 'keep', 'keep', ` ${ana.username.toUpperCase()} `))).toBe('accepted');
  });

  test('somebody without a profile types their e-mail', async () => {
    const { id } = await createUser(sql);
    await begin({ id, username: '' }, 'remove', 'remove', `${id}@example.test`);
    expect(await finish({ id })).toBe(true);
    expect(await sql`select from auth.users where id = ${id}`).toHaveLength(0);
  });

  test('what the panel did not finish the purge does, and pictures follow', async () => {
    const { ana } = await talk();
    await sql`insert into storage.objects (bucket_id, name, created_at)
      values ('avatars', ${`${ana.id}/face.webp`}, now() - interval '2 hours')`;
    const pictures = async () =>
      (await as(sql, SERVICE, (tx) => tx`select public.pictures_to_purge(100) as name`)).map(({ name }) => name);
    await begin(ana, 'remove', 'remove');
    expect(await pictures()).toEqual([]);
    await purge();
    expect(await sql`select from auth.users where id = ${ana.id}`).toHaveLength(0);
    expect(await pictures()).toEqual([`${ana.id}/face.webp`]);
  });

  test('nobody comes into a chat any more whose account is closing', async () => {
    const { ana, ben } = await talk();
    const other = await createGroup(sql, ben);
    const token = await invite(sql, ben, other);
    await begin(ana, 'keep', 'keep');
    expect(await refusal(redeem(sql, token, ana))).toBe('SR074');
    expect(await refusal(createSolo(sql, ana))).toBe('SR074');
  });

  test('who comes in at that very moment is taken out again before the account goes', async () => {
    const { ana, ben } = await talk();
    const other = await createGroup(sql, ben);
    const token = await invite(sql, ben, other);
    const joining = await hold(sql, async (tx) => {
      await tx`select set_config('role', 'service_role', true)`;
      await tx`select public.redeem_invite(${token}, ${ana.id})`;
    });
    await begin(ana, 'remove', 'remove');
    await joining.commit();
    expect(await finish(ana)).toBe(false);
    expect(await finish(ana)).toBe(true);
    expect(await sql`select user_id from public.members where chat_id = ${other}`).toEqual([{ user_id: ben.id }]);
  });

  test('a solo chat under legal hold is closed to all and stays', async () => {
    const { ana } = await talk();
    const solo = await createSolo(sql, ana);
    await say(sql, ana, solo, 'evidence');
    await as(sql, SERVICE, (tx) => tx`select public.set_legal_hold(${solo}, 'A court asked.')`);
    await remove(ana);
    expect(await sql`select from public.messages where chat_id = ${solo} and body = 'evidence'`).toHaveLength(1);
    expect(await sql`select from public.members where chat_id = ${solo}`).toHaveLength(0);
  });
});

describe('[SAFE6] while others go on', () => {
  test('a message that is being sent, and the deletion, do not wait for each other', async () => {
    const { ana, ben, chat } = await talk();
    const sending = await hold(sql, async (tx) => {
      await tx`select set_config('request.jwt.claims', ${JSON.stringify({ role: 'authenticated', sub: ana.id })}, true), set_config('role', 'authenticated', true)`;
      await insertMessage(tx, chat, 'at the last moment');
    });
    const deleting = refusal(begin(ana, 'remove', 'remove'));
    await waitForBlocked(sql, 1);
    await sending.commit();
    expect(await deleting).toBe('accepted');
    expect(await finish(ana)).toBe(true);
    expect((await messagesOf(chat)).map(({ body }) => body)).toEqual(['', '', 'his words', '']);
    expect(await refusal(say(sql, ben, chat, 'and on'))).toBe('accepted');
  });

  test('a worker that counts an answer against the person, and the deletion, neither', async () => {
    const { ana, chat } = await talk();
    await ask(sql, ana, chat);
    await begin(ana, 'keep', 'keep');
    const working = await hold(sql, async (tx) => {
      await tx`select from public.reply_jobs where chat_id = ${chat} for update`;
    });
    const finishing = refusal(finish(ana));
    await waitForBlocked(sql, 1);
    // What claiming does under its lock.
    await sql`select private.take_reply(${ana.id})`;
    await working.commit();
    expect(await finishing).toBe('accepted');
    expect((await claim(sql, chat))?.lease ?? null, 'nobody is answered').not.toBe(undefined);
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
      if (leaving !== undefined) work.push(refusal(begin(leaving, round % 2 === 0 ? 'remove' : 'keep', 'remove')));
    }
    const outcomes = tally(await Promise.all(work));
    const finished = await Promise.all(goes.map((who) => refusal(finish(who))));
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
    const { ana, chat } = await talk();
    await sql`insert into public.messages (id, chat_id, author_id, body) select gen_random_uuid(), ${chat}, ${ana.id}, 'word ' || n from generate_series(1, 3000) n`;
    const began = performance.now();
    await remove(ana);
    expect(performance.now() - began).toBeLessThan(8_000);
  });
});
