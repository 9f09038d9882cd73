import { describe, expect, test } from 'vitest';
import { as, become, person } from './support/actors.ts';
import { block } from './support/blocks.ts';
import { broadcasts, topicOf } from './support/broadcasts.ts';
import { createGroup, leave, removeMember, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { hold, waitForBlocked } from './support/waiting.ts';
import { createFamily, setGroups } from './support/young.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');
const cleo = await createPerson(sql, 'cleo');
const dan = await createPerson(sql, 'dan');

/** A group of the four in which the first blocked the second, and nobody else. */
async function group(blocker = ana, blocked = ben): Promise<string> {
  await Promise.all([block(sql, ana, ben, false), block(sql, ben, ana, false)]);
  const chat = await createGroup(sql, ana, [ben, cleo, dan]);
  await block(sql, blocker, blocked);
  return chat;
}

const beat = (who: TestPerson, chat: string, here = true, typing = false) =>
  as(sql, person(who.id), (tx) => tx`select public.beat(${chat}, ${here}, ${typing})`);
const markRead = (who: TestPerson, chat: string) =>
  as(sql, person(who.id), (tx) => tx`select public.mark_read(${chat}, 1000)`);
const of = (event: string) => (all: Awaited<ReturnType<typeof broadcasts>>, chat: string) =>
  all.filter((each) => each.event === event && each.payload['chat_id'] === chat).map(({ payload }) => payload);
/** What of this kind was told of a chat, on its present topic and on somebody's own. */
const toldChat = async (chat: string, event: string) =>
  of(event)(await broadcasts(sql, await topicOf(sql, chat)), chat);
const toldTo = async (who: TestPerson, chat: string, event: string) =>
  of(event)(await broadcasts(sql, `user:${who.id}`), chat);
const ids = async (who: TestPerson, chat: string, name: 'present_members' | 'read_positions') =>
  (
    await as(
      sql,
      person(who.id),
      (tx) => tx<{ id: string }[]>`select row ->> 'user_id' as id from ${tx(`public.${name}`)}(${chat}) row`,
    )
  )
    .map(({ id }) => id)
    .sort();
const idsOf = (...people: TestPerson[]) => people.map(({ id }) => id).sort();

describe.each([
  ['who blocked', () => group(ana, ben)],
  ['who is blocked', () => group(ben, ana)],
])('[SAFE5] what a member does, for somebody apart from them, by %s', (_, open) => {
  test('that they are here, write and have read is told to the others on their own topics, and to nobody else', async () => {
    const chat = await open();
    await say(sql, cleo, chat, 'hello');
    await beat(ana, chat);
    await beat(ana, chat, true, true);
    await markRead(ana, chat);
    await beat(ana, chat, false);
    for (const event of ['presence', 'read']) {
      expect(await toldChat(chat, event), event).toEqual([]);
      expect(await toldTo(ben, chat, event), event).toEqual([]);
    }
    const facts = { chat_id: chat, user_id: ana.id };
    for (const other of [ana, cleo, dan]) {
      expect(await toldTo(other, chat, 'presence')).toEqual([
        { ...facts, here: true, typing: false },
        { ...facts, here: true, typing: true },
        { ...facts, here: false, typing: false },
      ]);
      expect(await toldTo(other, chat, 'read')).toMatchObject([facts]);
    }
  });

  test('is not there for whoever asks who is here and who has read', async () => {
    const chat = await open();
    for (const who of [ana, ben, cleo]) await beat(who, chat);
    expect(await ids(ana, chat, 'present_members')).toEqual(idsOf(ana, cleo));
    expect(await ids(ben, chat, 'present_members')).toEqual(idsOf(ben, cleo));
    expect(await ids(cleo, chat, 'present_members')).toEqual(idsOf(ana, ben, cleo));
    expect(await ids(ana, chat, 'read_positions')).toEqual(idsOf(ana, cleo, dan));
    expect(await ids(ben, chat, 'read_positions')).toEqual(idsOf(ben, cleo, dan));
    expect(await ids(dan, chat, 'read_positions')).toEqual(idsOf(ana, ben, cleo, dan));
  });
});

describe('[SAFE5] presence in a chat with a block in it', () => {
  test('of everybody else goes out on the chat’s topic, once', async () => {
    const chat = await group();
    await beat(cleo, chat);
    expect(await toldChat(chat, 'presence')).toMatchObject([{ user_id: cleo.id }]);
    expect(await toldTo(ben, chat, 'presence')).toEqual([]);
  });

  test('goes out on the chat’s topic again when the other has left, or is not blocked any more', async () => {
    const [one, other] = [await group(), await group()];
    await leave(sql, ben, one);
    await beat(ana, one);
    expect(await toldChat(one, 'presence')).toMatchObject([{ user_id: ana.id }]);
    await block(sql, ana, ben, false);
    await beat(ana, other);
    expect(await toldChat(other, 'presence')).toMatchObject([{ user_id: ana.id }]);
    expect(await toldTo(cleo, other, 'presence')).toEqual([]);
  });

  test('ends on both screens with the block, and on no other', async () => {
    await block(sql, ana, ben, false);
    const chat = await createGroup(sql, ana, [ben, cleo]);
    for (const who of [ana, ben, cleo]) await beat(who, chat);
    await block(sql, ana, ben);
    const gone = { chat_id: chat, here: false, typing: false };
    expect(await toldTo(ben, chat, 'presence')).toEqual([{ ...gone, user_id: ana.id }]);
    expect(await toldTo(ana, chat, 'presence')).toEqual([{ ...gone, user_id: ben.id }]);
    expect(await toldTo(cleo, chat, 'presence')).toEqual([]);
    await block(sql, ana, ben);
    expect(await toldTo(ben, chat, 'presence'), 'doing so twice is once').toHaveLength(1);
  });

  test('[PAGE4] ends on the page that both are on', async () => {
    await block(sql, ana, ben, false);
    const chat = await createGroup(sql, ana, [ben, cleo]);
    for (const { id } of [ana, ben]) {
      await as(sql, person(id), (tx) => tx`select public.set_page_presence(${chat}, true)`);
      await as(sql, person(id), (tx) => tx`select public.beat_on_page(${chat}, false, ${'a'.repeat(64)})`);
    }
    await block(sql, ana, ben);
    expect((await toldTo(ben, chat, 'page_presence')).at(-1)).toMatchObject({ user_id: ana.id, here: false });
    expect((await toldTo(ana, chat, 'page_presence')).at(-1)).toMatchObject({ user_id: ben.id, here: false });
  });

  test('waits for a block that is being made, and does not slip past it', async () => {
    await block(sql, ana, ben, false);
    const chat = await createGroup(sql, ana, [ben, cleo]);
    const blocking = await hold(sql, async (tx) => {
      await become(tx, person(ana.id));
      await tx`select public.set_block(${ben.id}, true)`;
    });
    const beating = beat(ana, chat);
    await waitForBlocked(sql, 1);
    await blocking.commit();
    await beating;
    expect(await toldTo(ben, chat, 'presence')).toEqual([]);
    expect(of('presence')(await broadcasts(sql, `chat:${chat}`), chat)).toEqual([]);
    expect(await toldTo(cleo, chat, 'presence')).toHaveLength(1);
  });

  test('[MEM4] [SAFE2] reaches nobody who was removed, or for whom a guardian has groups off', async () => {
    const { guardian, minor } = await createFamily(sql);
    await block(sql, ana, ben, false);
    const chat = await createGroup(sql, ana, [ben, cleo, minor]);
    await block(sql, ana, ben);
    await removeMember(sql, ana, chat, cleo);
    await setGroups(sql, guardian, minor, false);
    await beat(ana, chat);
    expect(await toldTo(ana, chat, 'presence')).toHaveLength(1);
    for (const who of [cleo, minor]) expect(await toldTo(who, chat, 'presence')).toEqual([]);
  });
});
