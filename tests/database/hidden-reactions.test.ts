import { describe, expect, test } from 'vitest';
import { as, person } from './support/actors.ts';
import { block } from './support/blocks.ts';
import { broadcasts, topicOf } from './support/broadcasts.ts';
import { createGroup, invite, leave, redeem, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { refusal } from './support/refusal.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');
const cleo = await createPerson(sql, 'cleo');

/** A group of the three, in which nobody is blocked yet. */
async function openGroup(): Promise<string> {
  await block(sql, ana, ben, false);
  return createGroup(sql, ana, [ben, cleo]);
}

const react = (who: TestPerson, message: string, emoji = '🎉', on = true) =>
  as(sql, person(who.id), (tx) => tx`select public.set_reaction(${message}, ${emoji}, ${on})`);

/** All that somebody can ask for of a message's reactions, as one text. */
const everything = (who: TestPerson, chat: string, message: string) =>
  as(sql, person(who.id), async (tx) =>
    JSON.stringify([
      await tx`select reactions from public.messages where id = ${message}`,
      await tx`select * from public.hidden_reactions`,
      await tx`select c -> 'message' from public.catch_up(${chat}, 0, 500) c where c ->> 'entity_id' = ${message}`,
      await tx`select c -> 'last_message' from public.my_chats() c where c ->> 'id' = ${chat}`,
      await tx`select public.search_messages('findable', ${chat})`,
      await tx`select m from public.messages m where id = ${message}`,
    ]),
  );
const sees = async (who: TestPerson, chat: string, message: string) =>
  (await everything(who, chat, message)).includes('🎉');
const lastSeq = async (chat: string) =>
  Number((await sql`select last_seq from public.chats where id = ${chat}`)[0]?.['last_seq']);

describe('[SAFE5] a reaction by somebody who blocked the reader', () => {
  test('comes on no path, whether given before the block or after it, and comes back with its end', async () => {
    const chat = await openGroup();
    const [old, fresh, own] = [
      await say(sql, cleo, chat, 'findable 1'),
      await say(sql, cleo, chat, 'findable 2'),
      await say(sql, ben, chat, 'findable 3'),
    ];
    await react(ana, old);
    expect(await sees(ben, chat, old)).toBe(true);
    await block(sql, ana, ben);
    await react(ana, fresh);
    await react(ana, own);
    await react(cleo, fresh, '👍');
    for (const message of [old, fresh, own]) {
      expect(await sees(ben, chat, message)).toBe(false);
      for (const other of [ana, cleo]) expect(await sees(other, chat, message), other.username).toBe(true);
    }
    expect(await everything(ben, chat, fresh)).toContain('👍');
    await block(sql, ana, ben, false);
    for (const message of [old, fresh, own]) expect(await sees(ben, chat, message)).toBe(true);
  });

  test('is not broadcast, nor is what becomes of the message; a number is', async () => {
    const chat = await openGroup();
    await block(sql, ana, ben);
    const message = await say(sql, cleo, chat, 'hello');
    const before = (await broadcasts(sql, await topicOf(sql, chat))).length;
    await react(ana, message);
    await react(cleo, message, '👍');
    await as(sql, person(cleo.id), (tx) => tx`select public.edit_message(${message}, 'hello you')`);
    await react(ana, message, '🎉', false);
    const told = (await broadcasts(sql, await topicOf(sql, chat))).slice(before);
    expect(told.map(({ event }) => event)).toEqual(['hint', 'hint', 'hint', 'change']);
    expect(JSON.stringify(told)).not.toContain('🎉');
    expect(JSON.stringify(told)).not.toContain(ana.id);
  });

  test('is seen by whoever blocked: their own choice is the panel’s', async () => {
    const chat = await openGroup();
    await block(sql, ana, ben);
    const message = await say(sql, cleo, chat, 'findable');
    await react(ben, message);
    expect(await sees(ana, chat, message)).toBe(true);
    const [row] = await sql`select reactions from public.messages where id = ${message}`;
    expect(row?.['reactions'], 'for all alike').toEqual([{ emoji: '🎉', user_ids: [ben.id] }]);
  });

  test('moves without a change for the others, whose order stays without a gap', async () => {
    const chat = await openGroup();
    const message = await say(sql, cleo, chat, 'findable');
    await react(ana, message);
    const before = await lastSeq(chat);
    await block(sql, ana, ben);
    // The fresh start of the one who is blocked.
    expect(await lastSeq(chat)).toBe(before + 1);
  });

  test('is hidden from who comes later, on the topic too, and seen by who comes and is not blocked', async () => {
    const [guest, foe] = [await createPerson(sql, 'guest'), await createPerson(sql, 'foe')];
    await createGroup(sql, ana, [foe]);
    await block(sql, ana, foe);
    const chat = await openGroup();
    const message = await say(sql, cleo, chat, 'findable');
    await react(ana, message);
    const topic = await topicOf(sql, chat);
    await redeem(sql, await invite(sql, cleo, chat), guest);
    expect(await topicOf(sql, chat)).toBe(topic);
    await redeem(sql, await invite(sql, cleo, chat), foe);
    expect(await topicOf(sql, chat), 'what was said on the old one could be asked for again').not.toBe(topic);
    expect(await sees(foe, chat, message)).toBe(false);
    for (const other of [ana, ben, cleo, guest]) expect(await sees(other, chat, message), other.username).toBe(true);
  });

  test('is hidden by who has left, and counts among the forty', async () => {
    const chat = await openGroup();
    const message = await say(sql, cleo, chat, 'findable');
    await react(ana, message);
    await leave(sql, ana, chat);
    await block(sql, ana, ben);
    expect(await sees(ben, chat, message)).toBe(false);
    expect(await sees(cleo, chat, message)).toBe(true);
    for (let index = 0; index < 39; index++) await react(cleo, message, String.fromCodePoint(0x1f400 + index));
    expect(await refusal(react(cleo, message, '👍'))).toBe('SR018');
    expect(await refusal(react(cleo, message, '🎉'))).toBe('accepted');
  });

  test('goes with its message, its giver and the account', async () => {
    const eva = await createPerson(sql, 'eva');
    const chat = await createGroup(sql, cleo, [ben, eva]);
    await block(sql, eva, ben);
    const [one, other] = [await say(sql, cleo, chat, 'one'), await say(sql, cleo, chat, 'other')];
    await react(eva, one);
    await react(eva, other);
    const left = async () => (await sql`select 1 from public.hidden_reactions where user_id = ${eva.id}`).length;
    expect(await left()).toBe(2);
    await as(sql, person(cleo.id), (tx) => tx`select public.delete_message(${one})`);
    expect(await left()).toBe(1);
    await sql`delete from auth.users where id = ${eva.id}`;
    expect(await left()).toBe(0);
  });
});
