import { beforeAll, describe, expect, test } from 'vitest';
import { as, person } from './support/actors.ts';
import { broadcasts } from './support/broadcasts.ts';
import { createGroup, removeMember } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { refusal } from './support/refusal.ts';
import { createFamily, setGroups } from './support/young.ts';

const { sql } = await useDatabase();
const [ana, ben, cleo, stranger] = (await Promise.all(
  ['ana', 'ben', 'cleo', 'stranger'].map((name) => createPerson(sql, name)),
)) as [TestPerson, TestPerson, TestPerson, TestPerson];

const TIDES = 'a'.repeat(64);
const WRECKS = 'b'.repeat(64);

interface Answer {
  readonly on: boolean;
  readonly visit: string | null;
  readonly here: readonly { readonly user_id: string; readonly seconds: number }[];
}

const choose = (who: TestPerson, chat: string, on = true) =>
  as(sql, person(who.id), (tx) => tx`select public.set_page_presence(${chat}, ${on})`);
const beat = async (who: TestPerson, chat: string, page: string | null): Promise<Answer> => {
  const [row] = await as(
    sql,
    person(who.id),
    (tx) => tx<{ answer: Answer }[]>`select public.beat_on_page(${chat}, false, ${page}) as answer`,
  );
  if (row === undefined) throw new Error('the beat gave no row');
  return row.answer;
};
/** Whom somebody finds on the page that they beat for. */
const found = async (who: TestPerson, chat: string, page: string | null) =>
  (await beat(who, chat, page)).here.map(({ user_id }) => user_id).sort();
/** What somebody is told of others on their pages, on their own topic and of this chat. */
const news = async (who: TestPerson, chat: string) =>
  (await broadcasts(sql, `user:${who.id}`))
    .filter(({ event, payload }) => event === 'page_presence' && payload['chat_id'] === chat)
    .map(({ payload }) => payload);
const told = async (who: TestPerson, chat: string) =>
  (await news(who, chat)).map((each) => `${each['user_id']} ${each['here'] ? 'on' : 'off'}`);
const leave = (who: TestPerson, chat: string) =>
  as(sql, person(who.id), (tx) => tx`select public.beat(${chat}, false, false)`);
const rows = (chat: string) => sql`select page from private.page_presence where chat_id = ${chat}`;
/** Time passes for everybody who is on a page. */
const pass = (interval: string) =>
  sql`update private.page_presence set seen_at = seen_at - ${interval}::interval where true`;

async function group(...chosen: readonly TestPerson[]): Promise<string> {
  const chat = await createGroup(sql, ana, [ben, cleo]);
  for (const who of chosen) await choose(who, chat);
  return chat;
}

describe('[MSG7] [PAGE4] who is on the same page', () => {
  test('is found by the hash, and told to those alone who sent the same one', async () => {
    const chat = await group(ana, ben, cleo);
    const { visit, ...rest } = await beat(ana, chat, TIDES);
    expect(rest).toEqual({ on: true, here: [] });
    expect(await found(cleo, chat, WRECKS)).toEqual([]);
    const { here } = await beat(ben, chat, TIDES);
    expect(here).toEqual([{ user_id: ana.id, seconds: expect.any(Number) }]);
    expect(Math.round(here[0]?.seconds ?? 0)).toBe(60);
    expect(await news(ana, chat)).toEqual([{ chat_id: chat, user_id: ben.id, visit, here: true }]);
    expect([await news(ben, chat), await news(cleo, chat)]).toEqual([[], []]);
    // The others of the chat hear that somebody looks at it, as ever; the hash is sent to nobody.
    const said = await broadcasts(sql, '');
    expect(JSON.stringify(said)).not.toContain(TIDES);
    expect(said.filter(({ topic, event }) => topic.includes(chat) && event === 'presence')).toHaveLength(3);
  });

  test('each page is another visit, by which its member tells the news of it from those of the one before', async () => {
    const chat = await group(ana, ben);
    const visits = [];
    for (const page of [TIDES, TIDES, WRECKS, TIDES]) visits.push((await beat(ana, chat, page)).visit);
    expect(visits[1]).toBe(visits[0]);
    expect(new Set(visits).size).toBe(3);
    await beat(ben, chat, TIDES);
    expect(await news(ana, chat)).toMatchObject([{ visit: visits[3] }]);
  });

  test('ends with another page, without one, and with looking away; who stays is not told again', async () => {
    const chat = await group(ana, ben);
    await beat(ana, chat, TIDES);
    for (const page of [TIDES, TIDES, WRECKS, TIDES, null, TIDES]) await beat(ben, chat, page);
    await leave(ben, chat);
    const [on, off] = [`${ben.id} on`, `${ben.id} off`];
    expect(await told(ana, chat)).toEqual([on, off, on, off, on, off]);
    expect(await found(ana, chat, TIDES)).toEqual([]);
    expect(await rows(chat)).toHaveLength(1);
  });

  test('who has not beaten for 60 seconds is not there, and comes anew', async () => {
    const chat = await group(ana, ben);
    await beat(ben, chat, TIDES);
    await pass('59 seconds');
    expect(await found(ana, chat, TIDES)).toEqual([ben.id]);
    await pass('2 seconds');
    expect(await found(ana, chat, TIDES)).toEqual([]);
    await beat(ben, chat, TIDES);
    expect(await told(ana, chat)).toEqual([`${ben.id} on`]);
  });

  test('of whoever went without a word nothing is kept: whoever comes next, in whatever chat, takes it away unsaid', async () => {
    const [chat, other] = [await group(ana, ben), await group(ana)];
    for (const who of [ana, ben]) await beat(who, chat, TIDES);
    const before = await told(ana, chat);
    await sql`update private.page_presence set seen_at = seen_at - interval '61 seconds' where user_id = ${ben.id}`;
    await beat(ana, other, WRECKS);
    expect(await rows(chat)).toHaveLength(1);
    expect(await told(ana, chat)).toEqual(before);
  });

  test('two who come at the same moment do not miss each other', async () => {
    for (let times = 0; times < 10; times++) {
      const chat = await group(ana, ben);
      const both = await Promise.all([found(ana, chat, TIDES), found(ben, chat, TIDES)]);
      expect(both.filter((others) => others.length === 1)).toHaveLength(1);
      expect([...(await told(ana, chat)), ...(await told(ben, chat))]).toHaveLength(1);
    }
  });

  test('what is no hash is refused, an address before all', async () => {
    const chat = await group(ana);
    for (const page of ['https://example.org/tides', '', TIDES.slice(1), TIDES.toUpperCase()])
      expect(await refusal(beat(ana, chat, page))).toBe('SR090');
  });

  test('[SAFE5] people whom one of the two blocked do not see each other', async () => {
    const dan = await createPerson(sql, 'dan');
    const chat = await createGroup(sql, ana, [dan]);
    await as(sql, person(dan.id), (tx) => tx`select public.set_block(${ana.id}, true)`);
    for (const who of [ana, dan]) await choose(who, chat);
    for (const who of [ana, dan, ana]) expect(await found(who, chat, TIDES)).toEqual([]);
    expect([...(await told(ana, chat)), ...(await told(dan, chat))]).toEqual([]);
  });
});

describe('[PAGE5] without the choice', () => {
  test('nothing is kept, found or told: only those who show see', async () => {
    const chat = await group(ana);
    expect(await beat(ben, chat, TIDES)).toEqual({ on: false, visit: null, here: [] });
    expect(await rows(chat)).toEqual([]);
    await beat(ana, chat, TIDES);
    expect(await found(ben, chat, TIDES)).toEqual([]);
    expect([...(await told(ana, chat)), ...(await told(ben, chat))]).toEqual([]);
  });

  test('it is of one chat alone', async () => {
    const [chat, other] = [await group(ana, ben), await group(ana)];
    await beat(ana, chat, TIDES);
    await beat(ana, other, TIDES);
    expect(await found(ben, other, TIDES)).toEqual([]);
    expect(await told(ana, other)).toEqual([]);
  });

  test('turned off, what was there is gone in the same transaction, for the others too', async () => {
    const chat = await group(ana, ben);
    for (const who of [ana, ben]) await beat(who, chat, TIDES);
    await choose(ben, chat, false);
    expect(await rows(chat)).toHaveLength(1);
    expect(await told(ana, chat)).toEqual([`${ben.id} on`, `${ben.id} off`]);
    expect(await found(ana, chat, TIDES)).toEqual([]);
    await choose(ben, chat, false);
    const choices = (await broadcasts(sql, `user:${ben.id}`))
      .filter(({ event, payload }) => event === 'page_presence_choice' && payload['chat_id'] === chat)
      .map(({ payload }) => payload['on']);
    expect(choices).toEqual([true, false]);
  });

  test('a beat that is under way while it is turned off is answered, and leaves nothing', async () => {
    const chat = await group(ana);
    for (let times = 0; times < 5; times++) {
      await choose(ana, chat);
      const pages = Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? TIDES : WRECKS));
      const beats = pages.map((page) => refusal(beat(ana, chat, page)));
      const [outcomes] = await Promise.all([Promise.all(beats), choose(ana, chat, false)]);
      expect(outcomes.filter((outcome) => outcome !== 'accepted')).toEqual([]);
      expect(await rows(chat)).toEqual([]);
    }
  });
});

test('[SAFE2] when a guardian turns groups off, it ends at once and is refused from then on', async () => {
  const { guardian, minor } = await createFamily(sql);
  const chat = await createGroup(sql, ana, [minor]);
  for (const who of [ana, minor]) await choose(who, chat);
  for (const who of [ana, minor]) await beat(who, chat, TIDES);
  await setGroups(sql, guardian, minor, false);
  expect(await told(ana, chat)).toEqual([`${minor.id} on`, `${minor.id} off`]);
  const before = await told(minor, chat);
  expect(await found(ana, chat, WRECKS)).toEqual([]);
  expect(await refusal(beat(minor, chat, WRECKS))).toBe('SR086');
  expect(await refusal(choose(minor, chat, false))).toBe('SR086');
  expect(await told(minor, chat)).toEqual(before);
});

describe('[MEM4] after a removal', () => {
  let chat: string;
  beforeAll(async () => {
    chat = await group(ana, ben, cleo);
    for (const who of [ana, ben, cleo]) await beat(who, chat, TIDES);
  });

  test('the others are told, and the former member hears nothing and tells nothing more', async () => {
    const before = (await told(ben, chat)).length;
    await removeMember(sql, ana, chat, ben);
    expect((await told(ana, chat)).at(-1)).toBe(`${ben.id} off`);
    for (const page of [WRECKS, TIDES]) {
      await beat(cleo, chat, page);
      expect(await refusal(beat(ben, chat, page))).toBe('SR002');
    }
    for (const on of [true, false]) expect(await refusal(choose(ben, chat, on))).toBe('SR002');
    expect(await told(ben, chat)).toHaveLength(before);
    expect(await found(ana, chat, TIDES)).toEqual([cleo.id]);
    const left = await sql`select from private.page_presence_choices where chat_id = ${chat} and user_id = ${ben.id}`;
    expect(left).toHaveLength(0);
  });

  test('a stranger is refused as ever', async () => {
    expect(await refusal(beat(stranger, chat, TIDES))).toBe('SR002');
    expect(await refusal(choose(stranger, chat))).toBe('SR002');
  });

  test('beats while somebody is being removed leave no trace, and tell them nothing afterwards', async () => {
    const next = await group(ana, ben, cleo);
    const racing = [ben, ana, cleo].flatMap((who) => [TIDES, WRECKS].map((page) => refusal(beat(who, next, page))));
    const [outcomes] = await Promise.all([Promise.all(racing), removeMember(sql, ana, next, ben)]);
    expect(outcomes.filter((outcome) => !['accepted', 'SR002'].includes(outcome))).toEqual([]);
    const left = await sql`select from private.page_presence where chat_id = ${next} and user_id = ${ben.id}`;
    expect(left).toHaveLength(0);
    const before = (await told(ben, next)).length;
    await beat(ana, next, WRECKS);
    await beat(cleo, next, WRECKS);
    expect(await told(ben, next)).toHaveLength(before);
  });
});
