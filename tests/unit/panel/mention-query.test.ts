import { describe, expect, test } from 'vitest';
import { findMentionQuery, insertMention, rankMentions } from '../../../components/composer/mention-query.ts';
import type { Member } from '../../../lib/model/chat.ts';
import { mentionsAi } from '../../../lib/model/mentions.ts';

function member(displayName: string, username: string): Member {
  return {
    id: username,
    displayName,
    username,
    avatarPath: null,
    role: 'member',
    joinedAt: '2026-11-01T08:00:00.000Z',
  };
}

const members = [
  member('Ana Kovač', 'ana'),
  member('Ben Okafor', 'ben'),
  member('Ágnes Aigner', 'zita'),
  member('Søren', 'aida'),
  member('דנה לוי', 'dana.levi'),
];
const handles = (query: string) => rankMentions(query, members, 'ben').map(({ handle }) => handle);

describe('[MSG5] a mention is being typed', () => {
  test.each([
    ['@', 1, { start: 0, query: '' }],
    ['Hello @an', 9, { start: 6, query: 'an' }],
    ['Hello @an and more', 9, { start: 6, query: 'an' }],
    ['(@ben.o', 7, { start: 1, query: 'ben.o' }],
    ['line\n@x', 7, { start: 5, query: 'x' }],
    ['@דנ', 3, { start: 0, query: 'דנ' }],
  ])('in %j at %i', (text, caret, found) => {
    expect(findMentionQuery(text, caret)).toEqual(found);
  });

  test.each([
    ['', 0],
    ['ana@example.org', 15],
    ['@ana ', 5],
    ['@ana', 0],
    ['a_@b', 4],
    ['@@b', 3],
    [`@${'x'.repeat(31)}`, 32],
  ])('not in %j at %i', (text, caret) => {
    expect(findMentionQuery(text, caret)).toBeNull();
  });
});

describe('[MSG5] who is meant', () => {
  test('the AI first, then the others by name, then everyone; never oneself', () => {
    expect(handles('')).toEqual(['ai', 'zita', 'ana', 'aida', 'dana.levi', 'all']);
  });

  test('usernames before names, in any case and without accents', () => {
    expect(handles('AI')).toEqual(['ai', 'aida', 'zita']);
    expect(handles('ag')).toEqual(['zita']);
    expect(handles('kovac')).toEqual(['ana']);
    expect(handles('side')).toEqual(['ai']);
    expect(handles('לוי')).toEqual(['dana.levi']);
    expect(handles('nobody')).toEqual([]);
  });

  test('everyone by either word, where there are more than two', () => {
    expect(handles('all')).toEqual(['all']);
    expect(handles('every')).toEqual(['all']);
    expect(rankMentions('', members.slice(0, 2), 'ben').map(({ handle }) => handle)).toEqual(['ai', 'ana']);
  });

  test('no more than fit', () => {
    const many = Array.from({ length: 20 }, (_, index) => member(`M${index}`, `m${index}`));
    const fitting = rankMentions('', many, 'm0').map(({ handle }) => handle);
    expect(fitting).toHaveLength(6);
    expect(fitting.at(-1)).toBe('all');
  });
});

describe('[MSG5] picking one', () => {
  test('completes it and puts the caret behind', () => {
    expect(insertMention('Hello @an', { start: 6, query: 'an' }, 'ana')).toEqual({ text: 'Hello @ana ', caret: 11 });
  });

  test('leaves what follows, with one space between', () => {
    expect(insertMention('@a, hi', { start: 0, query: 'a' }, 'ana').text).toBe('@ana , hi');
    expect(insertMention('@a hi', { start: 0, query: 'a' }, 'ana').text).toBe('@ana hi');
  });

  test('of the AI is one that the database understands', () => {
    const [ai] = rankMentions('', members, 'ben');
    expect(mentionsAi(insertMention('x @', { start: 2, query: '' }, ai?.handle ?? '').text)).toBe(true);
  });
});
