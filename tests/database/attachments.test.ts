import { describe, expect, test } from 'vitest';
import { newId } from '../../lib/model/ids.ts';
import { as, person } from './support/actors.ts';
import { attach } from './support/attachments.ts';
import { createGroup, createSolo, invite, leave, redeem, removeMember, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { refusal, tally } from './support/refusal.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');
const chat = await createGroup(sql, ana, [ben]);

const send = (who: TestPerson, attachmentIds: readonly string[], body = '', where = chat) =>
  say(sql, who, where, body, { attachmentIds });
/** Paths of the bytes that somebody may fetch. */
const fetches = async (who: TestPerson, file: string, operation = 'storage.object.get_authenticated') =>
  (
    await as(sql, person(who.id), async (tx) => {
      await tx`select set_config('storage.operation', ${operation}, true)`;
      return tx<{ name: string }[]>`select name from storage.objects where name like ${`%/${file}%`} order by name`;
    })
  ).map(({ name }) => name.slice(37));

describe('[MSG9] files', () => {
  test('go with a message, in the order of the sender, with the size of their bytes', async () => {
    const first = await attach(sql, ana, chat, { name: 'b.pdf' });
    const second = await attach(sql, ana, chat, { name: 'a.png', hasThumbnail: true, stored: 77 });
    const id = await send(ana, [second, first], 'look');
    const [row] = await sql<{ attachments: unknown }[]>`select attachments from public.messages where id = ${id}`;
    const rest = { content_type: 'text/plain', width: null, height: null };
    expect(row?.attachments).toEqual([
      { id: second, name: 'a.png', size: 77, has_thumbnail: true, ...rest },
      { id: first, name: 'b.pdf', size: 12, has_thumbnail: false, ...rest },
    ]);
    expect(await fetches(ben, second)).toEqual([second, `${second}.thumb`]);
  });

  test('need no words, and only they do not', async () => {
    expect(await refusal(send(ana, [await attach(sql, ana, chat)]))).toBe('accepted');
    expect(await refusal(send(ana, []))).toBe('23514');
    expect(await refusal(send(ana, [], ' '))).toBe('23514');
  });

  test('are the sender’s own, of this chat, whole, and sent once', async () => {
    const elsewhere = await createSolo(sql, ana);
    const sent = await attach(sql, ana, chat);
    await send(ana, [sent]);
    const twice = await attach(sql, ana, chat);
    const broken = [
      newId(),
      sent,
      await attach(sql, ben, chat),
      await attach(sql, ana, elsewhere),
      await attach(sql, ana, chat, { stored: null }),
    ];
    for (const file of broken) expect(await refusal(send(ana, [file], 'look'))).toBe('SR021');
    const halfPicture = await attach(sql, ana, chat, { hasThumbnail: true });
    await sql.begin(async (tx) => {
      await tx`set local storage.allow_delete_query = 'true'`;
      await tx`delete from storage.objects where name = ${`${chat}/${halfPicture}.thumb`}`;
    });
    expect(await refusal(send(ana, [halfPicture], 'look'))).toBe('SR021');
    const outcomes = await Promise.all([1, 2, 3].map(() => refusal(send(ana, [twice], 'race'))));
    expect(tally(outcomes)).toEqual({ accepted: 1, SR021: 2 });
  });

  test('sending a message again is the same message, not a file that is missing', async () => {
    const id = newId();
    const attachmentIds = [await attach(sql, ana, chat)];
    await say(sql, ana, chat, '', { id, attachmentIds });
    expect(await refusal(say(sql, ana, chat, '', { id, attachmentIds }))).toBe('23505');
  });

  test('are ten at most', async () => {
    const files = await Promise.all(Array.from({ length: 11 }, () => attach(sql, ana, chat)));
    expect(await refusal(send(ana, files, 'all'))).toBe('SR022');
    expect(await refusal(send(ana, files.slice(1), 'all'))).toBe('accepted');
  });

  test('are fetched by those who read their message, and by nobody else', async () => {
    const file = await attach(sql, ana, chat);
    expect(await fetches(ana, file)).toEqual([file]);
    expect(await fetches(ben, file)).toEqual([]);
    await send(ana, [file]);
    const late = await createPerson(sql, 'late');
    const gone = await createPerson(sql, 'gone');
    await redeem(sql, await invite(sql, ana, chat), gone);
    expect(await fetches(gone, file)).toEqual([file]);
    await removeMember(sql, ana, chat, gone);
    await redeem(sql, await invite(sql, ana, chat, { history: 'none' }), late);
    expect(await fetches(ben, file)).toEqual([file]);
    for (const who of [gone, late, await createPerson(sql, 'stranger')]) expect(await fetches(who, file)).toEqual([]);
    await leave(sql, late, chat);
  });

  test('[MEM4] no address is made that would outlive the membership, and none is listed, copied or moved', async () => {
    const file = await attach(sql, ana, chat);
    await send(ana, [file]);
    for (const operation of ['sign', 'sign_many', 'list', 'list_v2', 'copy', 'move', 'get_public', 'upload'])
      expect(await fetches(ana, file, `storage.object.${operation}`)).toEqual([]);
  });

  test('go with their message when it is deleted', async () => {
    const file = await attach(sql, ana, chat);
    const id = await send(ana, [file], 'regret');
    await as(sql, person(ana.id), (tx) => tx`select public.delete_message(${id})`);
    const [row] = await sql`select attachments, attachment_ids from public.messages where id = ${id}`;
    expect({ ...row }).toEqual({ attachments: [], attachment_ids: [] });
    expect(await fetches(ana, file)).toEqual([]);
    expect(await fetches(ben, file)).toEqual([]);
  });

  test('are taken back before they are sent, by their owner only, and not after', async () => {
    const discard = (who: TestPerson, file: string) =>
      as(sql, person(who.id), (tx) => tx`select public.discard_attachment(${file})`);
    const isThere = async (file: string) =>
      (await sql`select 1 from public.attachments where id = ${file}`).length === 1;
    const file = await attach(sql, ana, chat);
    await discard(ben, file);
    expect(await isThere(file)).toBe(true);
    await discard(ana, file);
    expect(await isThere(file)).toBe(false);
    const sent = await attach(sql, ana, chat);
    await send(ana, [sent]);
    await discard(ana, sent);
    expect(await isThere(sent)).toBe(true);
  });

  test('an edit keeps them, and may take all words away', async () => {
    const id = await send(ana, [await attach(sql, ana, chat)], 'words');
    await as(sql, person(ana.id), (tx) => tx`select public.edit_message(${id}, '')`);
    const [row] = await sql<{ body: string; attachments: unknown[] }[]>`
      select body, attachments from public.messages where id = ${id}`;
    expect([row?.body, row?.attachments.length]).toEqual(['', 1]);
  });
});
