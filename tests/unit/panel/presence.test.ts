import { expect, test } from 'vitest';
import { headcountWords, onPageWords, typingWords } from '../../../components/chat/presence-words.ts';
import { buildTimeline } from '../../../components/chat/timeline.ts';
import type { Member } from '../../../lib/model/chat.ts';
import { applyEvent, type ChatView } from '../../../lib/model/chat-view.ts';
import { aMessage, aView } from '../hub/fixtures.ts';

const members = ['Ana', 'Ben', 'Cleo', 'Dan', 'Eva'].map(
  (displayName): Member => ({
    id: displayName.toLowerCase(),
    displayName,
    username: displayName.toLowerCase(),
    avatarPath: null,
    role: 'member',
    joinedAt: '2026-11-23T12:00:00.000Z',
  }),
);
const people = Object.fromEntries(members.map((member) => [member.id, member]));
const view = (more: Partial<ChatView>) => aView({ members, people, ...more });
const typing = (...ids: string[]) => Object.fromEntries(ids.map((id) => [id, 'typing' as const]));

test('[MSG7] who is typing is told by name, and counted beyond two', () => {
  const words = (...ids: string[]) => typingWords(view({ presence: { ...typing(...ids), eva: 'here' } }));
  expect(words()).toBe('');
  expect(words('ana')).toBe('Ana is typing');
  expect(words('ana', 'ben')).toBe('Ana and Ben are typing');
  expect(words('ana', 'ben', 'cleo')).toBe('Ana, Ben, and Cleo are typing');
  expect(words('ana', 'ben', 'cleo', 'dan')).toBe('Ana, Ben, and 2 others are typing');
});

test('[MSG7] who is on the same page is told by name, and counted beyond two', () => {
  expect(onPageWords(members.slice(0, 1)).join(' ')).toBe('Ana is on this page too');
  expect(onPageWords(members.slice(0, 2)).join(' ')).toBe('Ana and Ben are on this page too');
  expect(onPageWords(members).join(' ')).toBe('Ana, Ben, and 3 others are on this page too');
});

test('[MSG7] the head says how many are here', () => {
  expect(headcountWords(view({}))).toBe('5 members');
  expect(headcountWords(view({ presence: { ben: 'here', cleo: 'typing', gone: 'here' } }))).toBe('5 members, 3 here');
});

test('[MSG7] whoever was typing has stopped when their message comes, and is gone with their membership', () => {
  const shown = view({ presence: typing('ben', 'cleo'), reads: { ben: 1 } });
  const said = applyEvent(shown, { name: 'message', message: aMessage({ seq: 1, authorId: 'ben' }) });
  expect(said.presence).toEqual({ ben: 'here', cleo: 'typing' });
  const gone = applyEvent(said, { name: 'member', userId: 'ben', member: null });
  expect([gone.presence, gone.reads]).toEqual([{ cleo: 'typing' }, {}]);
  expect(applyEvent(gone, { name: 'presence', userId: 'ben', presence: null })).toBe(gone);
});

test('[MSG7] a read position never goes back', () => {
  const read = (shown: ChatView, seq: number) => applyEvent(shown, { name: 'read', userId: 'ben', seq });
  const shown = read(view({}), 5);
  expect(read(shown, 4)).toBe(shown);
  expect(read(shown, 6).reads).toEqual({ ben: 6 });
});

test('[MSG7] readers stand at the last message that each has read', () => {
  const messages = [2, 3, 5].map((seq) => aMessage({ seq }));
  const reads = { ana: 9, ben: 4, cleo: 1, dan: 5 };
  const places = (more: Partial<ChatView>) =>
    buildTimeline(view({ messages, reads, ...more }), {
      meId: 'ana',
      unreadAfter: null,
      time: { timeZone: 'UTC' },
    }).flatMap((item) => (item.kind === 'member' ? `${item.id}: ${item.readBy}` : []));
  expect(places({})).toEqual(['message 2: ', 'message 3: ben', 'message 5: dan']);
  // Who read less than the piece shows has no place in it.
  expect(places({ reads: { ben: 2, dan: 3 }, hasOlder: true })).toEqual([
    'message 2: ',
    'message 3: dan',
    'message 5: ',
  ]);
  expect(places({ chat: { ...view({}).chat, kind: 'solo' } })).toEqual(['message 2: ', 'message 3: ', 'message 5: ']);
});
