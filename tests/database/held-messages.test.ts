import { describe, expect, test } from 'vitest';
import { remove, talk } from './support/account-deletion.ts';
import { as, person, SERVICE } from './support/actors.ts';
import { attach } from './support/attachments.ts';
import { createGroup, createSolo, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson } from './support/people.ts';
import { article } from './support/shares.ts';
import { hold, waitForBlocked } from './support/waiting.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');

const purge = () => as(sql, SERVICE, (tx) => tx`select public.purge_rows()`);
const holdLegally = (chat: string, reason: string | null) =>
  as(sql, SERVICE, (tx) => tx`select public.set_legal_hold(${chat}, ${reason})`);
const held = async (chat: string) =>
  (await as(sql, SERVICE, (tx) => tx`select message from public.held_messages where chat_id = ${chat}`)).map(
    ({ message }) => message,
  );
const drop = (message: string) => as(sql, person(ana.id), (tx) => tx`select public.delete_message(${message})`);

describe('[SAFE6] a legal hold beats whoever deletes', () => {
  test('a message: members see a tombstone, the operator what it was, with wordings, pages and files', async () => {
    const chat = await createGroup(sql, ana, [ben]);
    const file = await attach(sql, ana, chat);
    const message = await say(sql, ana, chat, 'first words', {
      attachmentIds: [file],
      shares: [article({ text: 'The page.' })],
    });
    await as(sql, person(ana.id), (tx) => tx`select public.edit_message(${message}, 'last words')`);
    await holdLegally(chat, 'A court asked.');
    await drop(message);
    const [seen] = await as(
      sql,
      person(ben.id),
      (tx) => tx`select to_jsonb(m) as m from public.messages m where id = ${message}`,
    );
    expect(seen?.m).toMatchObject({ body: '', attachments: [], shares: [] });
    expect(await held(chat)).toMatchObject([
      {
        ...{ id: message, author_id: ana.id, author: { username: ana.username }, body: 'last words', deleted_at: null },
        ...{ earlier_wordings: [{ body: 'first words' }], page_shares: [{ text: 'The page.' }] },
        attachments: [{ id: file }],
      },
    ]);
    await drop(message);
    expect(await held(chat), 'once').toHaveLength(1);
    const names = async () => (await sql`select private.objects_to_purge(100) as name`).map(({ name }) => name);
    await sql`update storage.objects set created_at = now() - interval '2 hours'`;
    expect(await names()).not.toContain(`${chat}/${file}`);
    await holdLegally(chat, null);
    expect(await held(chat)).toEqual([]);
    expect(await names()).toContain(`${chat}/${file}`);
  });

  test.for([
    ['remove', 'remove', 2],
    ['keep', 'remove', 2],
    ['keep', 'keep', 2],
  ] as const)('an account, messages %s and files %s', async ([messages, files, count]) => {
    const talked = await talk(sql);
    await holdLegally(talked.chat, 'A court asked.');
    await remove(sql, talked.ana, messages, files);
    const kept = (await held(talked.chat)).toSorted((a, b) => a.seq - b.seq);
    expect(kept).toHaveLength(count);
    expect(kept[0]).toMatchObject({
      body: 'my words',
      author_id: talked.ana.id,
      author: { username: talked.ana.username },
    });
    expect(kept[0].attachments).toHaveLength(1);
    expect(await sql`select from auth.users where id = ${talked.ana.id}`, 'the account goes all the same').toHaveLength(
      0,
    );
  });

  test('nothing is kept of other chats', async () => {
    const chat = await createGroup(sql, ana);
    await drop(await say(sql, ana, chat, 'words'));
    expect(await held(chat)).toEqual([]);
  });

  test('of reports, as long as it lasts', async () => {
    const chat = await createGroup(sql, ana, [ben]);
    const message = await say(sql, ana, chat, 'words');
    await as(sql, person(ben.id), (tx) => tx`select public.report_message(${message}, 'spam')`);
    await sql`update private.reports set resolved_at = now() - interval '200 days', outcome = 'nothing' where chat_id = ${chat}`;
    const reports = () => sql`select from private.reports where chat_id = ${chat}`;
    await holdLegally(chat, 'A court asked.');
    await purge();
    expect(await reports()).toHaveLength(1);
    await holdLegally(chat, null);
    await purge();
    expect(await reports()).toHaveLength(0);
  });

  test('set while somebody deletes, it waits, and tells nothing that is not so', async () => {
    const chat = await createGroup(sql, ana);
    const message = await say(sql, ana, chat, 'words');
    const other = await say(sql, ana, chat, 'other words');
    const deleting = await hold(sql, (tx) => tx`select from public.chats where id = ${chat} for no key update`);
    const holding = holdLegally(chat, 'A court asked.');
    await waitForBlocked(sql, 1);
    await deleting.commit();
    await holding;
    await drop(message);
    await drop(other);
    expect((await held(chat)).map(({ body }) => body)).toEqual(['words', 'other words']);
  });

  test('set while the purge is on its way to the chat, it is seen', async () => {
    const [first, second] = (await Promise.all([createSolo(sql, ana), createSolo(sql, ana)])).toSorted() as [
      string,
      string,
    ];
    for (const chat of [first, second]) {
      await say(sql, ana, chat, 'old');
      await as(sql, person(ana.id), (tx) => tx`select public.set_retention(${chat}, 1)`);
      await sql`update public.messages set created_at = now() - interval '9 days' where chat_id = ${chat}`;
      await sql`update public.chats set retention_since = now() - interval '9 days' where id = ${chat}`;
    }
    // The purge has made its list and waits in the first chat.
    const busy = await hold(sql, (tx) => tx`lock table private.chat_summaries in access exclusive mode`);
    const purging = purge();
    await waitForBlocked(sql, 1);
    await holdLegally(second, 'A court asked.');
    await busy.commit();
    await purging;
    const left = await sql`select distinct chat_id from public.messages where chat_id in (${first}, ${second})`;
    expect(left).toEqual([{ chat_id: second }]);
    await holdLegally(second, null);
  });
});
