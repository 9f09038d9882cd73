import { describe, expect, test } from 'vitest';
import { begin, type Choice, finish, messagesOf, remove, talk } from './support/account-deletion.ts';
import { as, person, SERVICE } from './support/actors.ts';
import { createCrowd, createGroup, createSolo, invite, redeem, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createUser, type TestPerson } from './support/people.ts';
import { refusal } from './support/refusal.ts';
import { ask } from './support/replies.ts';
import { hold } from './support/waiting.ts';

const { sql } = await useDatabase();

const purge = () => as(sql, SERVICE, (tx) => tx`select public.purge_rows()`);

describe('[SAFE6] deleting one’s account', () => {
  test('with messages removed leaves tombstones, and others’ words as they are', async () => {
    const { ana, ben, chat, words, only, answer } = await talk(sql);
    await remove(sql, ana);
    expect([...(await messagesOf(sql, chat))]).toEqual([
      { id: words, body: '', author_id: null, deleted: true, files: 0, reactions: [] },
      { id: only, body: '', author_id: null, deleted: true, files: 0, reactions: [] },
      { id: answer, body: 'his words', author_id: ben.id, deleted: false, files: 0, reactions: [] },
    ]);
    expect(await sql`select from public.attachments where chat_id = ${chat}`).toHaveLength(0);
  });

  test('with messages and files kept leaves those of a former member', async () => {
    const { ana, chat, words, only } = await talk(sql);
    await remove(sql, ana, 'keep', 'keep');
    expect((await messagesOf(sql, chat)).slice(0, 2)).toMatchObject([
      { id: words, body: 'my words', author_id: null, deleted: false, files: 1 },
      { id: only, body: '', author_id: null, deleted: false, files: 1 },
    ]);
    expect(await sql`select owner_id from public.attachments where chat_id = ${chat}`).toEqual([
      { owner_id: null },
      { owner_id: null },
    ]);
  });

  test('with messages kept and files removed leaves the words', async () => {
    const { ana, chat, words, only } = await talk(sql);
    await remove(sql, ana, 'keep', 'remove');
    expect((await messagesOf(sql, chat)).slice(0, 2)).toMatchObject([
      { id: words, body: 'my words', deleted: false, files: 0 },
      { id: only, deleted: true, files: 0 },
    ]);
    expect(await sql`select from public.attachments where chat_id = ${chat}`).toHaveLength(0);
  });

  test('leaves nothing that leads to the person, in any table', async () => {
    const { ana, ben, chat } = await talk(sql);
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
    await remove(sql, ana);
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
    await remove(sql, creator);
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
    const { ana, ben, chat, words } = await talk(sql);
    const [before] = await sql<{ seq: string }[]>`select last_seq as seq from public.chats where id = ${chat}`;
    await remove(sql, ana);
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
    const { ana, ben } = await talk(sql);
    expect(await refusal(begin(sql, ana, 'keep', 'keep', ben.username))).toBe('SR073');
    expect(await refusal(begin(sql, ana, 'keep', 'keep', ''))).toBe('SR073');
    expect(await refusal(begin(sql, ana, 'perhaps' as Choice, 'keep'))).toBe('SR075');
    expect(await finish(sql, ana), 'only one that was deleted before').toBe(false);
    expect(await sql`select from public.profiles where id = ${ana.id}`).toHaveLength(1);
    expect(await refusal(begin(sql, ana, 'keep', 'keep', ` ${ana.username.toUpperCase()} `))).toBe('accepted');
  });

  test('somebody without a profile types their e-mail', async () => {
    const { id } = await createUser(sql);
    await begin(sql, { id, username: '' }, 'remove', 'remove', `${id}@example.test`);
    expect(await finish(sql, { id })).toBe(true);
    expect(await sql`select from auth.users where id = ${id}`).toHaveLength(0);
  });

  test('what the panel did not finish the purge does, and pictures follow', async () => {
    const { ana } = await talk(sql);
    await sql`insert into storage.objects (bucket_id, name, created_at)
      values ('avatars', ${`${ana.id}/face.webp`}, now() - interval '2 hours')`;
    const pictures = async () =>
      (await as(sql, SERVICE, (tx) => tx`select public.pictures_to_purge(100) as name`)).map(({ name }) => name);
    await begin(sql, ana, 'remove', 'remove');
    expect(await pictures()).toEqual([]);
    await purge();
    expect(await sql`select from auth.users where id = ${ana.id}`).toHaveLength(0);
    expect(await pictures()).toEqual([`${ana.id}/face.webp`]);
  });

  test('nobody comes into a chat any more whose account is closing', async () => {
    const { ana, ben } = await talk(sql);
    const other = await createGroup(sql, ben);
    const token = await invite(sql, ben, other);
    await begin(sql, ana, 'keep', 'keep');
    expect(await refusal(redeem(sql, token, ana))).toBe('SR074');
    expect(await refusal(createSolo(sql, ana))).toBe('SR074');
  });

  test('who comes in at that very moment is taken out again before the account goes', async () => {
    const { ana, ben } = await talk(sql);
    const other = await createGroup(sql, ben);
    const token = await invite(sql, ben, other);
    const joining = await hold(sql, async (tx) => {
      await tx`select set_config('role', 'service_role', true)`;
      await tx`select public.redeem_invite(${token}, ${ana.id})`;
    });
    await begin(sql, ana, 'remove', 'remove');
    await joining.commit();
    expect(await finish(sql, ana)).toBe(false);
    expect(await finish(sql, ana)).toBe(true);
    expect(await sql`select user_id from public.members where chat_id = ${other}`).toEqual([{ user_id: ben.id }]);
  });

  test('a solo chat under legal hold is closed to all and stays', async () => {
    const { ana } = await talk(sql);
    const solo = await createSolo(sql, ana);
    await say(sql, ana, solo, 'evidence');
    await as(sql, SERVICE, (tx) => tx`select public.set_legal_hold(${solo}, 'A court asked.')`);
    await remove(sql, ana);
    expect(await sql`select from public.messages where chat_id = ${solo} and body = 'evidence'`).toHaveLength(1);
    expect(await sql`select from public.members where chat_id = ${solo}`).toHaveLength(0);
  });
});
