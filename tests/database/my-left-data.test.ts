import { describe, expect, test } from 'vitest';
import { as, person } from './support/actors.ts';
import { attach } from './support/attachments.ts';
import { createGroup, createSolo, invite, leave, redeem, removeMember, say } from './support/chats.ts';
import { dataPages } from './support/data-pages.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { refusal } from './support/refusal.ts';
import { article } from './support/shares.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');

const { pageOf, all } = dataPages(sql, 'my_left_data');

const bodies = async (who: TestPerson) => (await all(who, 'left_messages')).map(({ body }) => body);

describe('[SAFE6] what one wrote in chats that one is not in any more', () => {
  test.for([
    ['left', (chat: string, ben: TestPerson) => leave(sql, ben, chat)],
    ['was removed from', (chat: string, ben: TestPerson) => removeMember(sql, ana, chat, ben)],
  ] as const)('comes from a chat that one %s, page by page: one’s own words and files alone', async ([, go]) => {
    const ben = await createPerson(sql, 'ben');
    const chat = await createGroup(sql, ana, [ben]);
    const question = await say(sql, ana, chat, 'of Ana');
    const mine = [
      await say(sql, ben, chat, 'one', { shares: [article({ text: 'What I shared.' })] }),
      await say(sql, ben, chat, 'two'),
      await say(sql, ben, chat, `@${ana.username} three`, {
        replyTo: question,
        attachmentIds: [await attach(sql, ben, chat, { name: 'of-ben.txt' })],
      }),
    ];
    await as(sql, person(ben.id), (tx) => tx`select public.edit_message(${mine[1] ?? ''}, 'Two')`);
    await say(sql, ana, chat, 'of Ana, with a file', { attachmentIds: [await attach(sql, ana, chat)] });
    await as(sql, person(ana.id), (tx) => tx`select public.set_reaction(${mine[0] ?? ''}, '🎈', true)`);
    expect(await bodies(ben), 'what one may read comes with the chats one is in').toEqual([]);
    expect(await all(ben, 'left_files')).toEqual([]);

    await go(chat, ben);
    const messages = await all(ben, 'left_messages');
    expect(messages.map(({ id }) => id)).toEqual(mine);
    expect(messages).toMatchObject([
      { chat_id: chat, body: 'one', page_shares: [{ text: 'What I shared.' }] },
      { body: 'Two', earlier_wordings: [{ body: 'two' }] },
      { body: `@${ana.username} three` },
    ]);
    expect(await all(ben, 'left_files')).toMatchObject([{ chat_id: chat, message_id: mine[2], name: 'of-ben.txt' }]);
    const everything = JSON.stringify([await all(ben, 'left_messages'), await all(ben, 'left_files')]);
    for (const others of ['of Ana', 'notes.txt', ana.id, question, '🎈', 'Test group'])
      expect(everything).not.toContain(others);
    const mineNow = await as(sql, person(ben.id), (tx) => tx`select 1 from public.messages`);
    expect(mineNow, 'nothing else of the chat opens').toHaveLength(0);
    expect(JSON.stringify(await all(ana, 'left_messages'))).not.toContain('one');
  });

  test('comes from before where one’s history begins, and not twice', async () => {
    const ben = await createPerson(sql, 'ben');
    const [chat, solo] = [await createGroup(sql, ana, [ben]), await createSolo(sql, ben)];
    await say(sql, ben, chat, 'before');
    await say(sql, ben, solo, 'to the AI');
    await leave(sql, ben, chat);
    await redeem(sql, await invite(sql, ana, chat, { history: 'none' }), ben);
    await say(sql, ben, chat, 'after');
    expect(await bodies(ben)).toEqual(['before']);
    const rows = await dataPages(sql, 'my_data').all(ben, 'messages');
    expect(rows.map(({ body }) => body)).toEqual(['to the AI', 'after']);
  });

  test('has no other parts, and is nobody’s without signing in', async () => {
    expect(await refusal(pageOf(ana, 'messages'))).toBe('SR076');
    expect(await refusal(as(sql, { role: 'anon' }, (tx) => tx`select public.my_left_data('left_messages')`))).toBe(
      '42501',
    );
  });
});
