import { describe, expect, test } from 'vitest';
import { changeRow } from '../../../lib/data/wire/changes.ts';
import { summaryRow } from '../../../lib/data/wire/chats.ts';
import { messageRow } from '../../../lib/data/wire/messages.ts';
import { personRow } from '../../../lib/data/wire/people.ts';
import { deltaRow, replyEventRow, replyJobRow } from '../../../lib/data/wire/replies.ts';
import { parseRow, parseRows, tryParse } from '../../../lib/data/wire/rows.ts';

const message = {
  id: 'm1',
  chat_id: 'c1',
  seq: 7,
  kind: 'member',
  author_id: 'ana',
  body: 'hello',
  target: 'default',
  status: 'complete',
  reply_to: null,
  notice: null,
  created_at: '2026-11-23T21:49:09.123456+00:00',
  edited_at: null,
  deleted_at: null,
};
const change = { chat_id: 'c1', seq: 7, kind: 'message', entity_id: 'm1', message };

describe('what comes over the wire', () => {
  test("a message becomes the model's, its times in UTC", () => {
    expect(parseRow(messageRow, { ...message, created_at: '2026-11-23T22:49:09.5+01:00' })).toMatchObject({
      chatId: 'c1',
      authorId: 'ana',
      replyTo: null,
      createdAt: '2026-11-23T21:49:09.500Z',
    });
  });

  test('[SAFE5] reactions that are not for all stand with the others, in the order in which they were given', () => {
    const given = (emoji: string, user_id: string, created_at: string) => ({ emoji, user_id, created_at });
    const row = {
      ...message,
      reactions: [{ emoji: '👍', user_ids: ['ben'] }],
      hidden_reactions: [
        given('❤️', 'dan', '2026-11-23T21:49:12+00:00'),
        given('👍', 'cleo', '2026-11-23T21:49:11+00:00'),
        given('🎉', 'ana', '2026-11-23T21:49:10+00:00'),
      ],
    };
    const parsed = parseRow(messageRow, row);
    expect(parsed.reactions.map(({ emoji, userIds }) => `${emoji} ${userIds}`)).toEqual([
      '👍 ben,cleo',
      '🎉 ana',
      '❤️ dan',
    ]);
    expect(parsed).not.toHaveProperty('hidden_reactions');
  });

  test('[MSG3] a change of an unknown kind, or with unknown content, keeps its place and changes nothing', () => {
    const unknown = { kind: 'unknown', chatId: 'c1', seq: 7 };
    expect(parseRow(changeRow, change).kind).toBe('message');
    expect(parseRow(changeRow, { ...change, kind: 'reaction' })).toEqual(unknown);
    expect(parseRow(changeRow, { ...change, message: { ...message, kind: 'poll' } })).toEqual(unknown);
    expect(parseRow(changeRow, { ...change, message: null })).toEqual(unknown);
    expect(tryParse(changeRow, { ...change, seq: 'seven' })).toBe(null);
  });

  test('a notice of an unknown type is not shown; one known needs its people', () => {
    const notice = {
      ...message,
      kind: 'system',
      author_id: null,
      notice: { type: 'removed', user_id: 'ben', by: 'ana' },
    };
    expect(parseRow(messageRow, notice).notice).toEqual({ type: 'removed', userId: 'ben', by: 'ana' });
    expect(tryParse(messageRow, { ...notice, notice: { type: 'pinned', user_id: 'ben' } })).toBe(null);
    expect(tryParse(messageRow, { ...notice, notice: null })).toBe(null);
    expect(parseRows(messageRow, [notice, { ...message, kind: 'poll' }, message])).toHaveLength(2);
  });

  test('a member that is gone, and one that is there', () => {
    const row = { chat_id: 'c1', seq: 8, kind: 'member', entity_id: 'ben' };
    expect(parseRow(changeRow, { ...row, member: null })).toEqual({
      kind: 'member',
      chatId: 'c1',
      seq: 8,
      userId: 'ben',
      member: null,
    });
    const member = {
      user_id: 'ben',
      role: 'member',
      joined_at: message.created_at,
      display_name: 'Ben',
      username: 'ben',
      avatar_path: null,
    };
    expect(parseRow(changeRow, { ...row, member })).toMatchObject({ member: { id: 'ben', displayName: 'Ben' } });
  });

  test('a chat whose last message this version cannot show is on the list all the same', () => {
    const chat = {
      ...{
        id: 'c1',
        kind: 'group',
        title: 'Trip',
        instructions: '',
        reply_mode: 'mention',
        epoch: 1,
        creator_id: null,
      },
      ...{
        created_at: message.created_at,
        last_seq: 9,
        last_read_seq: 2,
        unread: 3,
        member_count: 2,
        notification_level: 'all',
      },
    };
    expect(parseRow(summaryRow, { ...chat, last_message: { ...message, kind: 'poll' } })).toMatchObject({
      unread: 3,
      lastMessage: null,
    });
    expect(parseRow(summaryRow, { ...chat, last_message: message }).lastMessage?.id).toBe('m1');
  });

  test('[AI7] a reply as event, as row and at its end', () => {
    const job = { chat_id: 'c1', message_id: 'm2', trigger_message_id: 'm1', asker_id: 'ana', state: 'running' };
    const reply = parseRow(replyEventRow, { ...job, job_id: 'j1', attempt: 2, error: null, stopping: false });
    expect(reply).toMatchObject({ ended: false, reply: { jobId: 'j1', attempt: 2, text: '' } });
    const row = { ...job, id: 'j1', attempts: 2, partial: 'so far', stop_requested_by: 'ben' };
    expect(parseRow(replyJobRow, row)).toMatchObject({ reply: { jobId: 'j1', text: 'so far', stopping: true } });
    expect(parseRow(replyJobRow, { ...row, state: 'done' })).toEqual({
      ended: true,
      jobId: 'j1',
      chatId: 'c1',
      messageId: 'm2',
    });
    const delta = { job_id: 'j1', message_id: 'm2', chat_id: 'c1', attempt: 1, offset: 3, text: 'd' };
    expect(parseRow(deltaRow, delta)).toMatchObject({ jobId: 'j1', offset: 3 });
    expect(tryParse(deltaRow, { ...delta, offset: -1 })).toBe(null);
  });
});

describe('[MSG6] names are what they look like', () => {
  const face = { username: 'eve_1', avatar_path: null };
  const named = (display_name: string) => parseRow(personRow, { id: 'eve', display_name, ...face }).displayName;

  test.each([
    ['Ana\u200b', 'Ana'],
    ['\u202eanA', 'anA'],
    ['A\u00adn\u2060a\u{e0041}', 'Ana'],
    ['Ana\n\n(creator)', 'Ana (creator)'],
    ['\u2800', 'eve_1'],
    ['\u200b\u2060', 'eve_1'],
    ['\u3164', 'eve_1'],
    ['حسن', 'حسن'],
    ['👩‍🚀 Zoë', '👩‍🚀 Zoë'],
  ])('of people: %j', (written, shown) => {
    expect(named(written)).toBe(shown);
  });

  test('of files and of pages', () => {
    const file = { id: 'f', content_type: 'image/png', size: 1, width: null, height: null, has_thumbnail: false };
    const sent = { ...message, attachments: [{ ...file, name: 'photo\u202egpj.exe' }] };
    expect(parseRow(messageRow, sent).attachments[0]?.name).toBe('photogpj.exe');
    const sources = [
      { title: '\u202eknab', url: 'https://evil.example/' },
      { title: '\u200b', url: 'https://b.example/' },
    ];
    const titles = parseRow(messageRow, { ...message, sources }).sources.map(({ title }) => title);
    expect(titles).toEqual(['knab', 'https://b.example/']);
  });
});
