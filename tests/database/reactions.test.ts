import { describe, expect, test } from 'vitest';
import { as, person } from './support/actors.ts';
import { broadcasts, topicOf } from './support/broadcasts.ts';
import { createGroup, invite, leave, redeem, removeMember, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { refusal, tally } from './support/refusal.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');
const cleo = await createPerson(sql, 'cleo');
const stranger = await createPerson(sql, 'stranger');
const chat = await createGroup(sql, ana, [ben, cleo]);

const react = (who: TestPerson, message: string, emoji: string, on = true) =>
  as(sql, person(who.id), (tx) => tx`select public.set_reaction(${message}, ${emoji}, ${on})`);
const reactionsOf = async (id: string) => {
  const [row] = await sql<{ reactions: unknown }[]>`select reactions from public.messages where id = ${id}`;
  return row?.reactions;
};

describe('[MSG4] reactions', () => {
  test('are kept in the order in which they came, once per person and emoji, and go again', async () => {
    const id = await say(sql, ana, chat, 'hello');
    await react(ben, id, '👍');
    await react(cleo, id, '🎉');
    await react(cleo, id, '👍');
    await react(cleo, id, '👍');
    expect(await reactionsOf(id)).toEqual([
      { emoji: '👍', user_ids: [ben.id, cleo.id] },
      { emoji: '🎉', user_ids: [cleo.id] },
    ]);
    await react(ben, id, '👍', false);
    await react(ben, id, '👍', false);
    await react(cleo, id, '🎉', false);
    expect(await reactionsOf(id)).toEqual([{ emoji: '👍', user_ids: [cleo.id] }]);
  });

  test('each is one change of its message, and what changes nothing is none', async () => {
    const id = await say(sql, ana, chat, 'count');
    const changes = async () =>
      (await sql`select seq from public.changes where entity_id = ${id} order by seq`).map(({ seq }) => Number(seq));
    expect(await changes()).toHaveLength(1);
    await react(ben, id, '👍');
    await react(ben, id, '👍');
    await react(cleo, id, '👍', false);
    expect(await changes()).toHaveLength(2);
    const told = (await broadcasts(sql, await topicOf(sql, chat))).filter(
      ({ payload }) => payload.entity_id === id && payload.seq !== undefined,
    );
    expect(told.at(-1)?.payload).toMatchObject({
      message: { reactions: [{ emoji: '👍', user_ids: [ben.id] }], edited_at: null },
    });
  });

  test.each([
    '👍',
    '👍🏽',
    '❤️',
    '❤',
    '👨‍👩‍👧‍👦',
    '🏳️‍🌈',
    '🇩🇪',
    '🏴󠁧󠁢󠁳󠁣󠁴󠁿',
    '1️⃣',
    '#⃣',
    '☺',
    '〽️',
    '㊙️',
    '↔️',
    '⌚',
    '🫠',
    '🧑🏿‍🚀',
  ])('%s is one emoji', async (emoji) => {
    const id = await say(sql, ana, chat, 'any');
    await react(ben, id, emoji);
    expect(await reactionsOf(id)).toEqual([{ emoji, user_ids: [ben.id] }]);
  });

  test.each(['', 'a', 'ok', '👍👍', '👍 ', '1', '#', '<b>', '\u200d', '\ufe0f', '🇩', '👍'.repeat(20), '漢', '👍a'])(
    '“%s” is none',
    async (emoji) => {
      const id = await say(sql, ana, chat, 'none');
      expect(await refusal(react(ben, id, emoji))).toBe('SR016');
    },
  );

  test('only who may see a message reacts to it', async () => {
    const id = await say(sql, ana, chat, 'ours');
    const gone = await createPerson(sql, 'gone');
    await redeem(sql, await invite(sql, ana, chat), gone);
    await removeMember(sql, ana, chat, gone);
    const newcomer = await createPerson(sql, 'newcomer');
    await redeem(sql, await invite(sql, ana, chat, { history: 'none' }), newcomer);
    for (const who of [stranger, gone, newcomer]) {
      expect(await refusal(react(who, id, '👍'))).toBe('SR007');
      expect(await refusal(react(who, id, '👍', false))).toBe('SR007');
    }
    await leave(sql, newcomer, chat);
    const [notice] = await sql<{ id: string }[]>`
      select id from public.messages where chat_id = ${chat} and kind = 'system' limit 1`;
    expect(await refusal(react(ben, notice?.id ?? '', '👍'))).toBe('SR007');
  });

  test('a message holds 40 different ones, also when they come at once', async () => {
    const id = await say(sql, ana, chat, 'wall');
    const emoji = Array.from({ length: 45 }, (_, index) => String.fromCodePoint(0x1f400 + index));
    const outcomes = await Promise.all(emoji.map((one) => refusal(react(ben, id, one))));
    expect(tally(outcomes)).toEqual({ accepted: 40, SR018: 5 });
    const taken = emoji.find((_, index) => outcomes[index] === 'accepted') ?? '';
    expect(await refusal(react(cleo, id, taken))).toBe('accepted');
  });

  test('whose account is deleted has no reaction any more', async () => {
    const guest = await createPerson(sql, 'guest');
    await redeem(sql, await invite(sql, ana, chat), guest);
    const id = await say(sql, ana, chat, 'farewell');
    await react(guest, id, '👋');
    await react(ben, id, '👋');
    await sql`delete from auth.users where id = ${guest.id}`;
    expect(await reactionsOf(id)).toEqual([{ emoji: '👋', user_ids: [ben.id] }]);
  });
});
