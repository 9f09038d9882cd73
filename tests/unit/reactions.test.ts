import { expect, test } from 'vitest';
import { reactionWords } from '../../components/chat/Reactions.tsx';
import { withoutPeople, withReaction } from '../../lib/model/reactions.ts';
import { aMessage } from './hub/fixtures.ts';

const shown = aMessage({ seq: 1, reactions: [{ emoji: '👍', userIds: ['ana'] }] });
const change = (emoji: string, userId: string, on: boolean) =>
  withReaction(shown, { emoji, userId, on }).reactions.map((reaction) => `${reaction.emoji} ${reaction.userIds}`);

test('[MSG4] a reaction is shown as the server will have it', () => {
  expect(change('👍', 'ben', true)).toEqual(['👍 ana,ben']);
  expect(change('🎉', 'ben', true)).toEqual(['👍 ana', '🎉 ben']);
  expect(change('👍', 'ana', false)).toEqual([]);
  expect(withReaction(shown, { emoji: '👍', userId: 'ana', on: true })).toBe(shown);
  expect(withReaction(shown, { emoji: '🎉', userId: 'ana', on: false })).toBe(shown);
});

test('[MSG4] who reacted is told by name, the reader first, and counted beyond three', () => {
  const people = Object.fromEntries(
    ['Ana', 'Ben', 'Cleo', 'Dan'].map((displayName) => {
      const id = displayName.toLowerCase();
      return [id, { id, displayName, username: id, avatarPath: null }];
    }),
  );
  const words = (...userIds: string[]) => reactionWords({ emoji: '👍', userIds }, people, 'ben');
  expect(words('ana')).toBe('Ana');
  expect(words('ana', 'ben')).toBe('you and Ana');
  expect(words('ana', 'ben', 'cleo', 'dan')).toBe('you, Ana, Cleo, and Dan');
  expect(words('ana', 'ben', 'cleo', 'dan', 'eva')).toBe('you, Ana, Cleo, and 2 others');
});

test('[SAFE5] what blocked people gave is not counted, and an emoji that nobody else gave is not there', () => {
  const given = [
    { emoji: '👍', userIds: ['ana', 'ben'] },
    { emoji: '🎉', userIds: ['ben'] },
  ];
  expect(withoutPeople(given, new Set(['ben']))).toEqual([{ emoji: '👍', userIds: ['ana'] }]);
  expect(withoutPeople(given, new Set())).toBe(given);
});
