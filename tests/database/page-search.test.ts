import { beforeAll, describe, expect, test } from 'vitest';
import { as, person } from './support/actors.ts';
import { createGroup, createSolo, invite, leave, redeem, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { refusal } from './support/refusal.ts';
import { article, selection } from './support/shares.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');
const group = await createGroup(sql, ana, [ben]);
const solo = await createSolo(sql, ana);

const HARBOUR = 'https://news.example.org/harbour_50%25';
const TIDES = 'https://tides.example.com/';

/** The texts that somebody finds, latest first. */
async function find(who: TestPerson, page: string, { query = '', author = null as string | null } = {}) {
  const rows = await as(
    sql,
    person(who.id),
    (tx) => tx<{ message: { body: string } }[]>`
      select public.search_messages(${query}, p_author => ${author}, p_page => ${page}) as message`,
  );
  return rows.map(({ message }) => message.body);
}

beforeAll(async () => {
  await say(sql, ben, group, 'look at this', { shares: [article({ url: HARBOUR, title: 'Der Hafen bei Nacht' })] });
  await say(sql, ana, group, 'and this', { shares: [selection({ url: TIDES, title: 'Tides' }), article()] });
  await say(sql, ana, solo, 'mine alone', { shares: [article({ url: TIDES, title: 'Tides' })] });
  await say(sql, ana, group, 'news.example.org is down');
});

describe('[CHAT7] by page', () => {
  test.each([
    ['the host', 'news.example.org', ['look at this']],
    ['a part of the address', '//example.org/harb', ['and this']],
    ['the title, in any case', 'hafen bei', ['look at this']],
    ['what the pattern language means otherwise', 'harbour_50%', ['look at this']],
    ['the same, where it is not', 'harbour%50', []],
    ['the same, where it is not', 'harbou_', []],
    ['a page that nobody shared', 'nowhere.example', []],
  ])('finds what was shared by %s', async (_, page, expected) => {
    expect(await find(ben, page)).toEqual(expected);
  });

  test('narrows words and people', async () => {
    expect(await find(ana, 'example', { query: 'this' })).toEqual(['and this', 'look at this']);
    expect(await find(ana, 'example', { query: 'this', author: ben.id })).toEqual(['look at this']);
    expect(await find(ana, 'tides', { author: ana.id })).toEqual(['mine alone', 'and this']);
  });

  test('finds only what one may see', async () => {
    expect(await find(ben, 'tides')).toEqual(['and this']);
    expect(await find(await createPerson(sql, 'stranger'), 'example')).toEqual([]);
    const late = await createPerson(sql, 'late');
    await redeem(sql, await invite(sql, ana, group, { history: 'none' }), late);
    expect(await find(late, 'example')).toEqual([]);
    await leave(sql, late, group);
  });
});

describe('[PAGE4] shares of a page', () => {
  const hashOf = async (url: string) => {
    const [row] = await sql<{ hash: string }[]>`select private.page_hash(${url}) as hash`;
    return row?.hash ?? '';
  };
  const lookUp = async (who: TestPerson, prefix: string) =>
    (
      await as(
        sql,
        person(who.id),
        (tx) => tx<{ page: { chat_id: string; page_hash: string; count: number } }[]>`
          select public.shares_of_pages(${prefix}) as page`,
      )
    ).map(({ page }) => page);

  test('are counted by chat, in the chats of the person who asks alone', async () => {
    const hash = await hashOf(TIDES);
    const found = async (who: TestPerson) =>
      (await lookUp(who, hash.slice(0, 1))).filter(({ page_hash }) => page_hash === hash);
    expect(await found(ben)).toMatchObject([{ chat_id: group, count: 1 }]);
    expect((await found(ana)).map(({ chat_id }) => chat_id).toSorted()).toEqual([group, solo].toSorted());
    expect(await found(await createPerson(sql, 'outsider'))).toEqual([]);
  });

  test('are asked for by one digit, never by more, so that more than fifty known pages are meant by each', async () => {
    const pages = Array.from({ length: 1_300 }, (_, index) => `https://site${index % 130}.example/page/${index}`);
    const many = await createGroup(sql, ana, []);
    for (let index = 0; index < pages.length; index += 5)
      await say(sql, ana, many, '', { shares: pages.slice(index, index + 5).map((url) => article({ url })) });
    for (const digit of '0123456789abcdef') {
      const meant = (await lookUp(ana, digit)).filter(({ chat_id }) => chat_id === many);
      expect(meant.length, `pages meant by ${digit}`).toBeGreaterThanOrEqual(50);
    }
    const hash = await hashOf(TIDES);
    for (const word of [hash, hash.slice(0, 2), '', '%', '_', 'x'])
      expect(await refusal(lookUp(ana, word)), word).toBe('SR062');
  });
});
