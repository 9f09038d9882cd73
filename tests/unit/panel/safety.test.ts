import { describe, expect, test } from 'vitest';
import { retentionWords } from '../../../components/about/retention-words.ts';
import { browserName } from '../../../components/account/browser-name.ts';
import { exportData } from '../../../components/account/export-data.ts';
import { typingWords } from '../../../components/chat/presence-words.ts';
import { lastLine } from '../../../components/chats/last-line.ts';
import { logWords } from '../../../components/log/log-words.ts';
import { DATA_PARTS } from '../../../lib/model/account.ts';
import { type LogLine, shortSeal } from '../../../lib/model/chat-log.ts';
import { aMessage, aSummary, aView } from '../hub/fixtures.ts';

const ana = { id: 'ana', displayName: 'Ana', username: 'ana', avatarPath: null };
const ben = { id: 'ben', displayName: 'Ben', username: 'ben', avatarPath: null };
const people = { ana, ben };

function line(type: string, actor: string | null, subject: string | null = null, details = {}): LogLine {
  return {
    chat_id: 'chat',
    number: 1,
    at: '',
    actor_id: actor,
    type,
    subject_id: subject,
    details,
    previous: '',
    hash: '',
  };
}

describe('[SAFE7] the log in words', () => {
  test.for<[LogLine, string]>([
    [line('created', 'ana', 'ana'), 'You started this group'],
    [line('joined', 'ben', 'ben'), 'Ben joined'],
    [line('joined', 'ana', 'ben'), 'You let Ben in'],
    [line('joined', null, 'ben'), 'Ben joined'],
    [line('left', 'ana', 'ana'), 'You left'],
    [line('removed', 'ben', 'gone'), 'Ben removed a former member'],
    [line('removed', 'gone', 'ana'), 'A former member removed you'],
    [line('creator', 'ana', 'ana'), 'You look after the group from then on'],
    [line('creator', 'ana', 'ben'), 'Ben looks after the group from then on'],
    [line('renamed', 'ben', null, { before: 'A', after: 'B' }), 'Ben renamed the group from “A” to “B”'],
    [line('retention', 'ben', null, { before: null, days: 30 }), 'Ben set how long messages are kept: for 30 days'],
    [line('retention', 'ben', null, { before: 30, days: null }), 'Ben set how long messages are kept: for ever'],
    [line('something_new', 'ben'), 'Ben: something new'],
  ])('%j', ([row, words]) => {
    expect(logWords(row, people, 'ana')).toBe(words);
  });

  test('a seal is shown so that two people can compare it', () => {
    expect(shortSeal('3f9a12cd77e0b4415c2f'.padEnd(64, '0'))).toBe('3f9a 12cd 77e0 b441');
  });
});

test('[SAFE6] how long messages are kept, in words', () => {
  expect([null, 1, 30, 365, 3650].map(retentionWords)).toEqual([
    'for ever',
    'for 1 day',
    'for 30 days',
    'for 1 year',
    'for 10 years',
  ]);
});

test('[SAFE6] browsers by what they say of themselves', () => {
  expect(browserName('Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/148.0 Safari/537.36 Edg/148.0')).toBe(
    'Edge on Windows',
  );
  expect(browserName('Mozilla/5.0 (iPhone; CPU iPhone OS 19 like Mac OS X) Version/19 Safari/604.1')).toBe(
    'Safari on iOS',
  );
  expect(browserName(null)).toBe('A browser');
});

describe('[SAFE5] a blocked person', () => {
  test('is not seen typing', () => {
    const view = { ...aView(), people, presence: { ana: 'typing', ben: 'typing' } } as const;
    expect(typingWords(view, new Set(['ben']))).toBe('Ana is typing');
    expect(typingWords(view)).toBe('Ana and Ben are typing');
  });

  test('has no words on the list', () => {
    const chat = aSummary({ lastMessage: aMessage({ seq: 1, body: 'something vile' }) });
    expect(lastLine(chat, people, 'ana', new Set(['ben']))).toBe('Blocked person');
    expect(lastLine(chat, people, 'ana')).toBe('Ben: something vile');
  });
});

describe('[SAFE6] everything about me, as one file', () => {
  test('is JSON with all parts and all pages', async () => {
    const done: number[] = [];
    const client = {
      request: (async (_: string, { part, after }: { part: string; after: string | null }) =>
        part === 'messages'
          ? after === null
            ? { rows: [{ body: 'one' }, { body: '"two"' }], next: 'two' }
            : { rows: [{ body: 'three' }], next: null }
          : { rows: part === 'profile' ? [ana] : [], next: null }) as never,
    };
    const pieces = await exportData(client, { email: 'ana@example.org', exportedAt: 'now' }, (count) =>
      done.push(count),
    );
    const file = JSON.parse(pieces.join('')) as Record<string, unknown>;
    expect(Object.keys(file)).toEqual(['exported_at', 'email', ...DATA_PARTS]);
    expect(file).toMatchObject({ email: 'ana@example.org', profile: [ana] });
    expect(file['messages']).toEqual([{ body: 'one' }, { body: '"two"' }, { body: 'three' }]);
    expect(done).toEqual(DATA_PARTS.map((_, index) => index + 1));
  });
});
