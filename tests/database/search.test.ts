import { beforeAll, describe, expect, test } from 'vitest';
import { ANON, as, person } from './support/actors.ts';
import { createGroup, createSolo, leave, removeMember, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { refusal } from './support/refusal.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');
const cleo = await createPerson(sql, 'cleo');
const stranger = await createPerson(sql, 'stranger');
const group = await createGroup(sql, ana, [ben, cleo]);
const solo = await createSolo(sql, ana);

interface Options {
  readonly chat?: string;
  readonly author?: string;
}

/** The texts that somebody finds, latest first. */
async function find(who: TestPerson, query: string, { chat, author }: Options = {}): Promise<string[]> {
  const rows = await as(
    sql,
    person(who.id),
    (tx) => tx<{ message: { body: string } }[]>`
      select public.search_messages(${query}, ${chat ?? null}, ${author ?? null}) as message`,
  );
  return rows.map(({ message }) => message.body);
}

const TEXTS = [
  'The harbour was quiet at dawn',
  'Grüße aus München, die Straßenbahn fährt wieder',
  '東京都の図書館で本を読む',
  '京都と東の町',
  '학교에서 만나요',
  '我们明天去图书馆',
  'C’est déjà l’été à Orléans',
  'see e-mail ana.kovac@example.org about v2.10',
];

beforeAll(async () => {
  for (const text of TEXTS) await say(sql, ben, group, text);
  await say(sql, ana, solo, 'My secret harbour');
});

describe('[CHAT7] words', () => {
  test.each([
    ['harbour dawn', TEXTS[0]],
    ['HARB', TEXTS[0]],
    ['straßenb', TEXTS[1]],
    ['münchen grüße', TEXTS[1]],
    ['déjà', TEXTS[6]],
    ['e-mail', TEXTS[7]],
    ['v2.10', TEXTS[7]],
    ['図書館', TEXTS[2]],
    ['東京', TEXTS[2]],
    ['本を', TEXTS[2]],
    ['読', TEXTS[2]],
    ['む', TEXTS[2]],
    ['학교', TEXTS[4]],
    ['만나', TEXTS[4]],
    ['明天', TEXTS[5]],
    ['馆', TEXTS[5]],
    ['图书馆 明天', TEXTS[5]],
  ])('%s', async (query, text) => {
    expect(await find(ben, query)).toEqual([text]);
  });

  test('pairs that stand apart are no word', async () => {
    expect(await find(ben, '東京都')).toEqual([TEXTS[2]]);
    expect(await find(ben, '京都')).toEqual([TEXTS[3], TEXTS[2]]);
  });

  test('all words count, and the last one need not be whole unless a space follows', async () => {
    expect(await find(ben, 'harbour dusk')).toEqual([]);
    expect(await find(ben, 'harb ')).toEqual([]);
  });

  test.each(['', '   ', '!!!', "'", '\\', ':*', '&|!()<->', '%', '"', "a' & 'b", '🙂'])(
    'nothing to look for: %j',
    async (query) => {
      expect(await find(ben, query)).toEqual([]);
    },
  );
});

describe('[CHAT7] whose messages', () => {
  test('one person, one chat, both, with words or without', async () => {
    const own = 'Ana at the harbour';
    await say(sql, ana, group, own);
    expect(await find(ana, 'harbour')).toEqual([own, 'My secret harbour', TEXTS[0]]);
    expect(await find(ana, 'harbour', { author: ben.id })).toEqual([TEXTS[0]]);
    expect(await find(ana, 'harbour', { chat: solo })).toEqual(['My secret harbour']);
    expect(await find(ana, '', { author: ana.id })).toEqual([own, 'My secret harbour']);
    expect(await find(ana, '', { author: ana.id, chat: solo })).toEqual(['My secret harbour']);
  });

  test('never those of a chat that one is not in, or not in any more', async () => {
    expect(await find(stranger, 'harbour')).toEqual([]);
    expect(await find(stranger, 'harbour', { chat: group })).toEqual([]);
    expect(await find(stranger, '', { author: ben.id })).toEqual([]);
    expect(await find(ben, 'secret')).toEqual([]);
    const gone = await createPerson(sql, 'gone');
    const other = await createGroup(sql, ana, [ben, gone]);
    await say(sql, ana, other, 'lighthouse');
    expect([await find(ben, 'lighthouse'), await find(gone, 'lighthouse')]).toEqual([['lighthouse'], ['lighthouse']]);
    await removeMember(sql, ana, other, ben);
    await leave(sql, gone, other);
    expect([await find(ben, 'lighthouse'), await find(gone, 'lighthouse')]).toEqual([[], []]);
    expect(await find(ben, 'lighthouse', { chat: other })).toEqual([]);
    expect(await refusal(as(sql, ANON, (tx) => tx`select public.search_messages('lighthouse')`))).toBe('42501');
  });

  test('no notices, and nothing that was deleted', async () => {
    const id = await say(sql, ben, group, 'ephemeral words');
    expect(await find(ben, 'ephemeral')).toEqual(['ephemeral words']);
    await sql`update public.messages set deleted_at = now() where id = ${id}`;
    expect(await find(ben, 'ephemeral')).toEqual([]);
    expect(await find(ben, 'joined')).toEqual([]);
  });

  test('page by page, each once', async () => {
    const many = await createGroup(sql, ana);
    for (let count = 1; count <= 7; count++) await say(sql, ana, many, `pebble ${count}`);
    const found: string[] = [];
    let before: string | null = null;
    for (;;) {
      const rows = await as(
        sql,
        person(ana.id),
        (tx) => tx<{ message: { body: string; id: string } }[]>`
          select public.search_messages('pebble', ${many}, null, ${before}, 3) as message`,
      );
      found.push(...rows.map(({ message }) => message.body));
      before = rows.at(-1)?.message.id ?? null;
      if (before === null) break;
    }
    expect(found).toEqual([7, 6, 5, 4, 3, 2, 1].map((count) => `pebble ${count}`));
  });
});

test('[CHAT7] the index answers, however long the chats are', async () => {
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`insert into public.messages (id, chat_id, seq, author_id, body)
      select gen_random_uuid(), ${group}, 1000 + i, ${ben.id}, 'ordinary talk number ' || i || ' 今日は' || chr(20000 + i % 5000)
      from generate_series(1, 30000) i`;
  });
  await sql`analyze public.messages`;
  for (const query of ['harbour', '図書館']) {
    const [row] = await sql<{ 'QUERY PLAN': unknown }[]>`
      explain (format json) select id from public.messages m
      where m.chat_id = any (${[group, solo]}) and m.kind <> 'system' and private.search_vector(m.body) @@ private.search_query(${query})`;
    expect(JSON.stringify(row?.['QUERY PLAN'])).toContain('messages_by_words');
  }
  expect(await find(ben, '図書館')).toEqual([TEXTS[2]]);
});
