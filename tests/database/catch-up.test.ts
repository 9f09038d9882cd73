import { expect, test } from 'vitest';
import { as, become, person } from './support/actors.ts';
import { broadcasts, topicOf } from './support/broadcasts.ts';
import { createGroup, invite, leave, redeem, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { hold, waitForBlocked } from './support/waiting.ts';

interface Change {
  readonly chat_id: string;
  readonly seq: number;
  readonly kind: 'message' | 'member' | 'chat';
  readonly entity_id: string;
  readonly message?: Record<string, unknown>;
  readonly member?: Record<string, unknown> | null;
}

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');

const catchUp = async (who: TestPerson, chat: string, after = 0, limit = 200): Promise<Change[]> => {
  const rows = await as(
    sql,
    person(who.id),
    (tx) => tx<{ change: Change }[]>`select public.catch_up(${chat}, ${after}, ${limit}) as change`,
  );
  return rows.map((row) => row.change);
};

test('[MSG3] catch-up gives every change from the first on, in order and without a gap', async () => {
  const chat = await createGroup(sql, ana, [ben]);
  const id = await say(sql, ben, chat, 'hello');
  const changes = await catchUp(ana, chat);
  expect(changes.map(({ seq, kind, entity_id }) => [seq, kind, entity_id])).toEqual([
    [1, 'member', ana.id],
    [2, 'message', expect.any(String)],
    [3, 'member', ben.id],
    [4, 'message', expect.any(String)],
    [5, 'message', id],
  ]);
  expect(changes[2]?.member).toEqual({
    user_id: ben.id,
    role: 'member',
    joined_at: expect.any(String),
    display_name: 'ben',
    username: ben.username,
    avatar_path: null,
  });
  expect(changes[4]?.message).toEqual({
    id,
    chat_id: chat,
    seq: 5,
    kind: 'member',
    author_id: ben.id,
    body: 'hello',
    target: 'default',
    status: 'complete',
    reply_to: null,
    notice: null,
    created_at: expect.any(String),
    edited_at: null,
    deleted_at: null,
    mentions: [],
    mentions_all: false,
    reactions: [],
    attachments: [],
    sources: [],
    shares: [],
    attachment_ids: [],
  });
});

test('[MSG3] catch-up drains page by page to the same list, and says when it is drained', async () => {
  const chat = await createGroup(sql, ana);
  for (let i = 0; i < 7; i++) await say(sql, ana, chat, `message ${i}`);
  const drained: Change[] = [];
  for (;;) {
    const page = await catchUp(ana, chat, drained.at(-1)?.seq, 2);
    if (page.length === 0) break;
    expect(page.length).toBeLessThanOrEqual(2);
    drained.push(...page);
  }
  expect(drained).toEqual(await catchUp(ana, chat));
  expect(drained).toHaveLength(9);
});

test('[MSG3] a page holds at least 1 and at most 500 changes, whatever is asked for', async () => {
  const chat = await createGroup(sql, ana);
  await sql`insert into public.messages (id, chat_id, author_id, body)
    select gen_random_uuid(), ${chat}, ${ana.id}, 'm ' || i from generate_series(1, 600) i`;
  expect(await catchUp(ana, chat, 0, 100_000)).toHaveLength(500);
  expect(await catchUp(ana, chat, 0, -5)).toHaveLength(1);
});

test('[MSG3] what is broadcast is word for word what catch-up gives', async () => {
  const chat = await createGroup(sql, ana, [ben]);
  await say(sql, ana, chat, 'same "words" \\ here 🦊');
  const live = (await broadcasts(sql, await topicOf(sql, chat))).filter(({ event }) => event === 'change');
  expect(live.map(({ payload }) => payload)).toEqual(await catchUp(ana, chat));
});

test('[MSG4] an edit and a deletion are changes of their own; the message keeps its place', async () => {
  const chat = await createGroup(sql, ana);
  const id = await say(sql, ana, chat, 'frist');
  await say(sql, ana, chat, 'second');
  const cursor = (await catchUp(ana, chat)).at(-1)?.seq ?? 0;
  await sql`update public.messages set body = 'first', edited_at = now() where id = ${id}`;
  await sql`update public.messages set body = '', deleted_at = now() where id = ${id}`;
  const changes = await catchUp(ana, chat, cursor);
  expect(changes.map(({ seq, entity_id }) => [seq, entity_id])).toEqual([
    [cursor + 1, id],
    [cursor + 2, id],
  ]);
  // Both tell the present state, so that folding either of them is right.
  for (const { message } of changes)
    expect(message).toMatchObject({ seq: cursor - 1, body: '', deleted_at: expect.any(String) });
});

test('an update that changes nothing a member sees is no change', async () => {
  const chat = await createGroup(sql, ana);
  const id = await say(sql, ana, chat, 'same');
  const before = await catchUp(ana, chat);
  await sql`update public.messages set body = 'same' where id = ${id}`;
  expect(await catchUp(ana, chat)).toEqual(before);
});

test('[MEM6] a member who has gone is told as null', async () => {
  const chat = await createGroup(sql, ana, [ben]);
  await leave(sql, ben, chat);
  const changes = await catchUp(ana, chat);
  expect(changes.filter(({ entity_id }) => entity_id === ben.id).map(({ member }) => member)).toEqual([null, null]);
});

test('a new name reaches every chat of that person, once each, and no other', async () => {
  const cleo = await createPerson(sql, 'cleo');
  const chats = [await createGroup(sql, ana, [cleo]), await createGroup(sql, cleo)];
  const elsewhere = await createGroup(sql, ana);
  const cursors = new Map<string, number>();
  for (const chat of chats) cursors.set(chat, (await catchUp(cleo, chat)).at(-1)?.seq ?? 0);
  const before = await catchUp(ana, elsewhere);
  const save = (name: string) =>
    as(sql, person(cleo.id), (tx) => tx`select public.save_profile(${name}, ${cleo.username})`);
  await save('Cleopatra');
  await save('Cleopatra');
  for (const chat of chats) {
    const changes = await catchUp(cleo, chat, cursors.get(chat));
    expect(changes.map(({ kind, member }) => [kind, member?.display_name])).toEqual([['member', 'Cleopatra']]);
  }
  expect(await catchUp(ana, elsewhere)).toEqual(before);
});

test('a name that changes while its owner joins is the new one in the new chat', async () => {
  const dora = await createPerson(sql, 'dora');
  const chat = await createGroup(sql, ana);
  const token = await invite(sql, ana, chat);
  const rename = await hold(sql, async (tx) => {
    await become(tx, person(dora.id));
    await tx`update public.profiles set display_name = 'Theodora' where id = ${dora.id}`;
  });
  const joining = redeem(sql, token, dora);
  await waitForBlocked(sql, 1);
  await rename.commit();
  await joining;
  const told = (await broadcasts(sql, await topicOf(sql, chat))).filter(({ payload }) => payload.entity_id === dora.id);
  expect(told.at(-1)?.payload.member).toMatchObject({ display_name: 'Theodora' });
});
