import { describe, expect, test } from 'vitest';
import { newId } from '../../lib/model/ids.ts';
import { as, person, SERVICE } from './support/actors.ts';
import { attach } from './support/attachments.ts';
import { createGroup, createSolo, invite, redeem, removeMember, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { refusal, tally } from './support/refusal.ts';
import { article, type SentShare, screenshot, selection } from './support/shares.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');
const chat = await createGroup(sql, ana, [ben]);

const share = (shares: readonly object[], body = '', attachmentIds: readonly string[] = []) =>
  say(sql, ana, chat, body, { shares, attachmentIds });
const read = (who: TestPerson, id: string) =>
  as(sql, person(who.id), (tx) => tx<SentShare[]>`select * from public.page_shares where id = ${id}`);
const lightOf = async (message: string) =>
  (await sql<{ shares: object[] }[]>`select shares from public.messages where id = ${message}`)[0]?.shares;

describe('[PAGE2] what is shared of a page', () => {
  test('is stored as it was sent, in order, and its message carries a light copy', async () => {
    const [first, second] = [article({ text: `${'word '.repeat(200)}end` }), selection()];
    const message = await share([first, second]);
    expect((await read(ben, first.id))[0]).toMatchObject(first);
    expect((await read(ben, second.id))[0]).toMatchObject({ ...second, message_id: message, place: 2 });
    const { text, anchor: _, ...facts } = first;
    expect(await lightOf(message)).toEqual([
      { ...facts, quote: text.slice(0, 300), characters: text.length },
      expect.objectContaining({ id: second.id, kind: 'selection', quote: 'come and go', characters: 11 }),
    ]);
  });

  test('comes to everybody with the message, without its long text', async () => {
    const message = await share([article({ text: 'x'.repeat(50_000) })]);
    const [row] = await as(
      sql,
      person(ben.id),
      (tx) => tx<{ change: string }[]>`
        select change::text from public.catch_up(${chat}, 0, 500) change where change ->> 'entity_id' = ${message}`,
    );
    expect(JSON.parse(row?.change ?? '').message.shares).toHaveLength(1);
    expect(row?.change.length).toBeLessThan(2_000);
  });

  test('of a screenshot is one of the message’s own files, fetched as they are', async () => {
    const picture = await attach(sql, ana, chat, { name: 'page.webp' });
    const shot = screenshot(picture);
    const message = await share([shot], '', [picture]);
    expect(await lightOf(message)).toMatchObject([{ kind: 'screenshot', screenshot_id: picture, characters: 0 }]);
    const other = await attach(sql, ana, chat);
    expect(await refusal(share([screenshot(other)], 'look'))).toBe('SR060');
    expect(await refusal(share([screenshot(picture)], 'look', [picture]))).toBe('SR021');
  });

  test.each<[string, object]>([
    ['an address that is none of the web', article({ url: 'javascript:alert(1)' })],
    ['a file', article({ url: 'file:///etc/passwd' })],
    ['too long an address', article({ url: `https://example.org/${'x'.repeat(2_000)}` })],
    ['no title', article({ title: ' ' })],
    ['no text', article({ text: '' })],
    ['more text than is kept', article({ text: 'x'.repeat(100_001) })],
    ['a kind that is none', { ...article(), kind: 'video' }],
    ['no id', { ...article(), id: null }],
    ['an id that is none', { ...article(), id: 'x' }],
    ['a date that is none', article({ published_at: 'yesterday' })],
    ['a selection without its place', selection({ anchor: null })],
    ['a place without its words', selection({ anchor: { exact: '', prefix: '', suffix: '', start: 0, end: 0 } })],
    ['a place that is half', selection({ anchor: { exact: 'x', prefix: '' } })],
    ['an article with a place', { ...selection(), kind: 'article' }],
    ['a picture that is none', screenshot(null)],
  ])('is refused with %s, and so is its message', async (_, broken) => {
    const id = newId();
    expect(await refusal(say(sql, ana, chat, 'look', { id, shares: [broken] }))).toBe('SR060');
    expect(await sql`select 1 from public.messages where id = ${id}`).toHaveLength(0);
  });

  test('are five at most, each once', async () => {
    expect(await refusal(share(Array.from({ length: 6 }, () => article())))).toBe('SR061');
    expect(await refusal(share(Array.from({ length: 5 }, () => article())))).toBe('accepted');
    const twice = article();
    expect(await refusal(share([twice, twice]))).toBe('SR060');
  });

  test('needs no words, and goes exactly once', async () => {
    const id = newId();
    const shares = [article()];
    const tries = [1, 2, 3].map(() => refusal(say(sql, ana, chat, '', { id, shares })));
    expect(tally(await Promise.all(tries))).toEqual({ accepted: 1, 23505: 2 });
    expect(await sql`select 1 from public.page_shares where message_id = ${id}`).toHaveLength(1);
    expect(await refusal(say(sql, ana, chat, ''))).toBe('23514');
  });

  test('is only its message’s: nobody adds, changes or removes it otherwise', async () => {
    const { id } = article();
    const message = await share([article({ id })]);
    const write = (statement: string) => refusal(as(sql, person(ana.id), (tx) => tx.unsafe(statement)));
    expect(await write(`update public.page_shares set text = 'other'`)).toBe('42501');
    expect(await write(`delete from public.page_shares`)).toBe('42501');
    expect(await write(`update public.messages set shares = '[]' where id = '${message}'`)).toBe('42501');
    // Nor can a message of the AI carry one.
    expect(
      await refusal(
        Promise.resolve(
          sql`insert into public.messages (id, chat_id, kind, author_id, body, shares)
            values (${newId()}, ${chat}, 'assistant', null, 'x', ${JSON.stringify([article()])}::text::jsonb)`,
        ),
      ),
    ).toBe('23514');
  });

  test('goes with its message when it is deleted', async () => {
    const { id } = article();
    const message = await share([article({ id })], 'regret');
    await as(sql, person(ana.id), (tx) => tx`select public.delete_message(${message})`);
    expect(await lightOf(message)).toEqual([]);
    expect(await sql`select 1 from public.page_shares where id = ${id}`).toHaveLength(0);
  });

  test('goes with its chat when that is purged', async () => {
    const solo = await createSolo(sql, ana);
    await say(sql, ana, solo, 'x', { shares: [article()] });
    await sql`update public.chats set closed_at = now() - interval '31 days' where id = ${solo}`;
    await as(sql, SERVICE, (tx) => tx`select public.purge_rows()`);
    expect(await sql`select 1 from public.page_shares where chat_id = ${solo}`).toHaveLength(0);
  });

  test('[MEM5] is read by those who read its message, and by nobody else', async () => {
    const group = await createGroup(sql, ana, [ben]);
    const { id } = article();
    await say(sql, ana, group, '', { shares: [article({ id })] });
    const late = await createPerson(sql, 'late');
    await redeem(sql, await invite(sql, ana, group, { history: 'none' }), late);
    expect(await read(ben, id)).toHaveLength(1);
    for (const who of [late, await createPerson(sql, 'stranger')]) expect(await read(who, id)).toHaveLength(0);
    await removeMember(sql, ana, group, ben);
    expect(await read(ben, id)).toHaveLength(0);
  });
});
