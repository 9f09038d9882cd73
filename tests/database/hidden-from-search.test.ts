import { expect, test } from 'vitest';
import { as, person } from './support/actors.ts';
import { block } from './support/blocks.ts';
import { createGroup, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson } from './support/people.ts';
import { article } from './support/shares.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');
const chat = await createGroup(sql, ana, [ben]);

const find = (query: string, more: { by?: string; page?: string; before?: string } = {}) =>
  as(
    sql,
    person(ben.id),
    (tx) => tx<{ id: string; body: string }[]>`
      select m ->> 'id' as id, m ->> 'body' as body from public.search_messages(${query},
        p_author => ${more.by ?? null}, p_before => ${more.before ?? null}, p_page => ${more.page ?? null}, p_limit => 20) m`,
  );
const bodies = async (...query: Parameters<typeof find>) => (await find(...query)).map(({ body }) => body);

test('[SAFE5] [CHAT7] hidden messages make no page of a search short, however many lie between those that are seen', async () => {
  for (let number = 1; number <= 25; number++) await say(sql, ben, chat, `apple ${number}`);
  await sql`
    insert into public.messages (id, chat_id, author_id, body)
    select gen_random_uuid(), ${chat}, ${ana.id}, 'apple of Ana' from generate_series(1, 1200)`;
  await say(sql, ben, chat, 'apple 26');
  await block(sql, ana, ben);
  const first = await find('apple');
  expect(first.map(({ body }) => body)).toEqual(Array.from({ length: 20 }, (_, index) => `apple ${26 - index}`));
  expect(await bodies('apple', { before: first.at(-1)?.id ?? '' })).toEqual(
    Array.from({ length: 6 }, (_, index) => `apple ${6 - index}`),
  );
});

test('[SAFE5] [CHAT7] nothing hidden is found by its person or its page', async () => {
  await block(sql, ana, ben, false);
  await say(sql, ana, chat, 'a page of mine', { shares: [article({ url: 'https://example.org/hers' })] });
  await say(sql, ben, chat, 'a page of his', { shares: [article({ url: 'https://example.org/his' })] });
  expect(await bodies('', { page: 'example.org' })).toEqual(['a page of his', 'a page of mine']);
  await block(sql, ana, ben);
  expect(await bodies('', { page: 'example.org' })).toEqual(['a page of his']);
  expect(await bodies('', { by: ana.id })).toEqual([]);
  expect(await bodies('page', { by: ana.id })).toEqual([]);
  expect(await bodies('page', { by: ben.id })).toEqual(['a page of his']);
});
