import { describe, expect, test } from 'vitest';
import { announce } from '../../../components/chat/announce.ts';
import { noticeWords } from '../../../components/chat/notice-words.ts';
import { sectionsOf } from '../../../components/chats/chat-list.ts';
import { lastLine } from '../../../components/chats/last-line.ts';
import { failureText } from '../../../components/failure-text.ts';
import { initialsOf } from '../../../components/parts/face.ts';
import type { Notice, Person } from '../../../lib/model/chat.ts';
import { type FailureCode, failure } from '../../../lib/model/failure.ts';
import { chatMessage, chatSummary, chatView } from './scripted-hub.ts';

const people: Record<string, Person> = {
  ana: { id: 'ana', displayName: 'Ana', username: 'ana', avatarPath: null },
  ben: { id: 'ben', displayName: 'Ben', username: 'ben', avatarPath: null },
  cleo: { id: 'cleo', displayName: 'Cleo', username: 'cleo', avatarPath: null },
};

describe('failures', () => {
  const all: Record<FailureCode, true> = {
    unreachable: true,
    signed_out: true,
    wrong_credentials: true,
    wrong_code: true,
    email_taken: true,
    email_invalid: true,
    weak_password: true,
    too_many_shares: true,
    share_missing: true,
    share_unusable: true,
    page_no_text: true,
    page_nothing_selected: true,
    page_too_big: true,
    page_not_allowed: true,
    page_no_entry: true,
    page_closed: true,
    page_pdf: true,
    page_changed: true,
    too_many_requests: true,
    not_member: true,
    group_full: true,
    invite_invalid: true,
    invite_options: true,
    profile_required: true,
    profile_invalid: true,
    username_taken: true,
    creator_stays: true,
    creator_only: true,
    title_invalid: true,
    title_mismatch: true,
    instructions_too_long: true,
    not_found: true,
    empty: true,
    too_long: true,
    image_unusable: true,
    emoji_invalid: true,
    author_only: true,
    plan_chooses: true,
    model_gone: true,
    too_many_reactions: true,
    file_empty: true,
    file_too_large: true,
    file_missing: true,
    too_many_files: true,
    location_stays: true,
    too_many_reports: true,
    too_many_blocks: true,
    retention_invalid: true,
    name_mismatch: true,
    audio_unusable: true,
    audio_too_large: true,
    nothing_heard: true,
    speech_off: true,
    speech_down: true,
    speech_spent: true,
    birth_date_invalid: true,
    birth_date_required: true,
    birth_date_stands: true,
    too_young: true,
    adults_only: true,
    minors_only: true,
    guardian_code_wrong: true,
    guardian_only: true,
    groups_off: true,
    solo_only: true,
    too_many_memories: true,
    unknown: true,
  };
  const codes = Object.keys(all) as FailureCode[];

  test.each(codes)('%s: says what happened and what to do, shortly and without blame', (code) => {
    const text = failureText(failure(code));
    expect(text).toMatch(/^[A-Z].*\.$/s);
    expect(text.length).toBeLessThanOrEqual(110);
    expect(text).not.toMatch(/oops|sorry|error|fail|invalid|illegal|your fault|!/i);
  });

  test('no two share a sentence', () => {
    expect(new Set(codes.map((code) => failureText(failure(code)))).size).toBe(codes.length);
  });

  test('[INV5] the server says how long to wait', () => {
    const text = (retryAfter: number) => failureText(failure('too_many_requests', { retryAfter }));
    expect(text(42)).toBe('Too many tries. Try again in 42 seconds.');
    expect(text(60)).toBe('Too many tries. Try again in 1 minute.');
    expect(text(0)).toBe('Too many tries. You can try again now.');
  });
});

describe('[MEM6] notices', () => {
  test.each<[Notice, string]>([
    [{ type: 'created', userId: 'ana' }, 'Ana started this chat'],
    [{ type: 'joined', userId: 'ben', by: null }, 'You joined'],
    [{ type: 'left', userId: 'gone' }, 'Somebody left'],
    [{ type: 'creator', userId: 'ben', by: null }, 'You look after this group now'],
    [{ type: 'removed', userId: 'ben', by: 'ana' }, 'Ana removed you'],
    [{ type: 'removed', userId: 'cleo', by: 'ben' }, 'You removed Cleo'],
    [{ type: 'removed', userId: 'cleo', by: null }, 'Cleo was removed'],
    [{ type: 'removed', userId: 'ben', by: null }, 'You were removed'],
    [{ type: 'removed', userId: 'gone', by: 'ana' }, 'Ana removed somebody'],
  ])('%j', (notice, words) => {
    expect(noticeWords(notice, people, 'ben')).toBe(words);
  });
});

describe('the last line of a chat', () => {
  const line = (more: Parameters<typeof chatMessage>[1]) =>
    lastLine(chatSummary({ lastMessage: chatMessage(1, more) }), people, 'ben');

  test('names its author, oneself as You', () => {
    expect(line({ body: 'See\nyou  there ' })).toBe('Ana: See you there');
    expect(line({ authorId: 'ben', body: 'ok' })).toBe('You: ok');
    expect(line({ authorId: 'stranger', body: 'hi' })).toBe('hi');
  });

  test('says what the AI did', () => {
    expect(line({ kind: 'assistant', authorId: null, body: 'Yes.' })).toBe('Sideroom: Yes.');
    expect(line({ kind: 'assistant', authorId: null, body: '', status: 'failed' })).toBe('Sideroom: could not answer');
  });

  test('tells of notices and tombstones', () => {
    expect(line({ kind: 'system', notice: { type: 'joined', userId: 'cleo', by: null } })).toBe('Cleo joined');
    expect(line({ deletedAt: '2026-11-23T14:00:00.000Z' })).toBe('Ana: Message deleted');
    expect(lastLine(chatSummary(), people, 'ben')).toBe('');
  });
});

describe('[CHAT3] the list of chats', () => {
  const old = chatSummary({
    id: 'old',
    title: 'Old friends',
    lastMessage: chatMessage(1, { createdAt: '2026-11-01T09:00:00.000Z' }),
  });
  const fresh = chatSummary({ id: 'fresh', title: 'Café crème', lastMessage: chatMessage(2) });
  const empty = chatSummary({ id: 'empty', title: 'Empty', createdAt: '2026-11-10T08:00:00.000Z' });
  const solo = chatSummary({ id: 'solo', kind: 'solo', title: '' });

  test('groups and solo chats stand apart, latest activity first', () => {
    const { groups, mine } = sectionsOf([old, solo, empty, fresh], '');
    expect(groups.map(({ id }) => id)).toEqual(['fresh', 'empty', 'old']);
    expect(mine.map(({ id }) => id)).toEqual(['solo']);
  });

  test('is searched by any words of the title, without minding case and accents', () => {
    const found = (query: string) => {
      const { groups, mine } = sectionsOf([old, solo, empty, fresh], query);
      return [...groups, ...mine].map(({ id }) => id);
    };
    expect(found('CREME caf')).toEqual(['fresh']);
    expect(found('sideroom')).toEqual(['solo']);
    expect(found('zebra')).toEqual([]);
  });
});

describe('what a screen reader hears', () => {
  const view = chatView({
    people,
    messages: [
      chatMessage(1, { body: 'before' }),
      chatMessage(2, { body: 'Hello' }),
      chatMessage(3, { authorId: 'ben', body: 'own' }),
      chatMessage(4, { kind: 'assistant', authorId: null, body: 'Yes.' }),
      chatMessage(5, { kind: 'system', authorId: null, notice: { type: 'joined', userId: 'cleo', by: null } }),
    ],
  });

  test('each new message of others, once it is whole, but not the own ones', () => {
    expect(announce(view, 1, 'ben')).toBe('Ana: Hello\nSideroom: Yes.\nCleo joined');
    expect(announce(view, 5, 'ben')).toBe('');
  });

  test('not all of a long one', () => {
    const long = chatView({ people, messages: [chatMessage(1, { body: 'word '.repeat(1000) })] });
    expect(announce(long, 0, 'ben').length).toBeLessThan(420);
  });
});

test.each([
  ['Ana Kovač', 'AK'],
  ['Emil', 'E'],
  ['Ana María de la Cruz', 'AC'],
  ['דנה לוי', 'דל'],
  ['佐藤 由紀', '佐由'],
  ['🚲 Saturday', '🚲S'],
  ['(Ben)', 'B'],
  ['…', '…'],
  ['', ''],
])('the initials of %j are %j', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
