import { describe, expect, test } from 'vitest';
import { countWords, messageWords, summaryWords } from '../../../lib/hub/notification-words.ts';
import { isTold, worthTelling } from '../../../lib/hub/notify-rules.ts';
import { panelFor } from '../../../lib/hub/panel-for.ts';
import type { Panel } from '../../../lib/hub/request-handlers.ts';
import type { Attachment, ChatSummary, Message } from '../../../lib/model/chat.ts';
import { aMessage, aSummary } from './fixtures.ts';

const BEN = { id: 'ben', displayName: 'Ben', username: 'ben', avatarPath: null };
const answer = { kind: 'assistant', authorId: null } as const;
const joined = {
  kind: 'system',
  authorId: null,
  notice: { type: 'joined', userId: 'cy', by: null },
} as const satisfies Partial<Message>;

describe('[NOTE1] what is worth a notification', () => {
  const mentions = { notificationLevel: 'mentions' } as const;

  test.each<[string, Partial<Message>, Partial<ChatSummary>, boolean]>([
    ['a message by somebody else', {}, {}, true],
    ['an own message', { authorId: 'ana' }, {}, false],
    ['a notice', joined, {}, false],
    ['an answer of the AI', answer, {}, true],
    ['a failed answer', { ...answer, status: 'failed' }, {}, false],
    ['a stopped answer', { ...answer, status: 'stopped' }, {}, false],
    ['what was deleted since', { deletedAt: '2026-11-23T12:00:00.000Z' }, {}, false],
    ['what was read since', {}, { lastReadSeq: 5 }, false],
    ['what came after what was read', {}, { lastReadSeq: 4 }, true],
    ['anything in a muted chat', { mentions: ['ana'] }, { notificationLevel: 'none' }, false],
    ['anything in an archived chat', {}, { archived: true }, false],
    ['other words where mentions are wanted', {}, mentions, false],
    ['words for somebody else where mentions are wanted', { mentions: ['cy'] }, mentions, false],
    ['a mention', { mentions: ['cy', 'ana'] }, mentions, true],
    ['words for everyone', { mentionsAll: true }, mentions, true],
    ['an own message for everyone', { authorId: 'ana', mentionsAll: true }, mentions, false],
  ])('%s', (_, message, chat, expected) => {
    expect(worthTelling([aMessage({ seq: 5, ...message })], aSummary(chat), 'ana')).toHaveLength(expected ? 1 : 0);
  });

  test('messages come in their order, however they were heard', () => {
    const found = worthTelling([aMessage({ seq: 7 }), aMessage({ seq: 5 })], aSummary(), 'ana');
    expect(found.map(({ seq }) => seq)).toEqual([5, 7]);
  });

  test.each<[string, Partial<ChatSummary>, boolean]>([
    ['unread', { lastReadSeq: 4 }, false],
    ['read', { lastReadSeq: 5 }, true],
    ['muted', { notificationLevel: 'none' }, true],
    ['archived', { archived: true }, true],
  ])('a notification of a chat that is %s', (_, chat, expected) => {
    expect(isTold(aSummary(chat), 5)).toBe(expected);
  });
});

describe('[NOTE1] the words of a notification', () => {
  const words = (fields: Partial<Message>) => messageWords(aMessage({ seq: 1, ...fields }), BEN);
  const file = {} as Attachment;

  test.each<[string, Partial<Message>, string]>([
    ['the author and the first line', { body: 'one\ntwo' }, 'Ben: one'],
    ['no Markdown', { body: '## *Look* at [this](https://example.org), `now`' }, 'Ben: Look at this, now'],
    ['the first line with words', { body: '\n```ts\nconst x = 1\n```' }, 'Ben: const x = 1'],
    ['one file', { body: '', attachments: [file] }, 'Ben: Sent a file'],
    ['files', { body: '', attachments: [file, file] }, 'Ben: Sent 2 files'],
    ['words before files', { body: 'here', attachments: [file] }, 'Ben: here'],
    ['the AI by its name', { ...answer, body: 'Because.' }, 'Sideroom: Because.'],
    ['nothing that turns the name before it', { body: '\u202ehello\u2066' }, 'Ben: hello'],
    ['no second line that could pass for another’s', { body: 'hi\u2028Mum: call me\rDad: too' }, 'Ben: hi'],
    ['raw HTML is text', { body: '<b>bold</b>' }, 'Ben: <b>bold</b>'],
  ])('%s', (_, message, expected) => {
    expect(words(message)).toBe(expected);
  });

  test('somebody who is not known yet has no name, and their words have', () => {
    expect(messageWords(aMessage({ seq: 1, body: 'hello' }), undefined)).toBe('hello');
  });

  test('long words end in an ellipsis, and no family is torn apart', () => {
    const family = '👨‍👩‍👧‍👦';
    const text = words({ body: family.repeat(200) });
    expect(text).toBe(`Ben: ${family.repeat(114)}…`);
    expect(words({ body: 'x'.repeat(115) })).toHaveLength(120);
    expect(words({ body: 'x'.repeat(116) }).endsWith('…')).toBe(true);
  });

  test('many messages are counted', () => {
    expect(countWords(12, aSummary())).toBe('12 new messages');
    expect(countWords(2, aSummary({ notificationLevel: 'mentions' }))).toBe('2 messages mention you');
    expect(summaryWords(aSummary({ unread: 100 }))).toBe('More than 99 new messages');
    expect(summaryWords(aSummary({ unread: 1 }))).toBe('A new message');
    expect(summaryWords(aSummary({ unread: 40, notificationLevel: 'mentions' }))).toBe('You were mentioned');
  });
});

describe('[NOTE1] a click on a notification', () => {
  const panel = (chatId: string | null, visible: boolean, surface: Panel['surface'] = 'overlay') =>
    ({ chatId, visible, surface }) as Panel;
  const showing = panel('chat', true);
  const hidden = panel('chat', false);
  const other = panel('other', true);
  const window = panel('other', false, 'window');
  const elsewhere = panel('other', false);

  test('leads to the panel that shows the chat, else to one in sight, else to the window', () => {
    expect(panelFor('chat', [elsewhere, window, other, hidden, showing])).toBe(showing);
    expect(panelFor('chat', [elsewhere, window, other, hidden])).toBe(hidden);
    expect(panelFor('chat', [elsewhere, window, other])).toBe(other);
    expect(panelFor('chat', [elsewhere, window])).toBe(window);
    expect(panelFor('chat', [elsewhere])).toBeNull();
    expect(panelFor('chat', [])).toBeNull();
  });
});
