import { describe, expect, test } from 'vitest';
import { latestShares, mergeSummary, summaryAfter, summaryRead, wantsAttention } from '../../../lib/hub/summary.ts';
import type { Message } from '../../../lib/model/chat.ts';
import { aMessage, aSummary } from './fixtures.ts';

const heard = (message: Message, seq = message.seq) => ({ kind: 'message', chatId: 'chat', seq, message }) as const;

describe('a line of the chat list', () => {
  test('counts a message by somebody else once, however often it is heard', () => {
    const message = aMessage({ seq: 5 });
    const once = summaryAfter(aSummary({ lastSeq: 4 }), heard(message), 'ana');
    expect(once).toMatchObject({ lastSeq: 5, unread: 1, lastMessage: { id: message.id } });
    expect(summaryAfter(once, heard(message), 'ana')).toEqual(once);
  });

  test('counts neither own messages nor notices nor what was read', () => {
    const before = aSummary({ lastSeq: 4 });
    expect(summaryAfter(before, heard(aMessage({ seq: 5, authorId: 'ana' })), 'ana').unread).toBe(0);
    const notice = aMessage({
      seq: 5,
      kind: 'system',
      authorId: null,
      notice: { type: 'joined', userId: 'cy', by: null },
    });
    expect(summaryAfter(before, heard(notice), 'ana')).toMatchObject({ unread: 0, memberCount: 3 });
    expect(summaryAfter({ ...before, lastReadSeq: 9 }, heard(aMessage({ seq: 5 })), 'ana').unread).toBe(0);
  });

  test('counts no message that only changed, but shows its new text when it is the last', () => {
    const last = aMessage({ seq: 5 });
    const before = aSummary({ lastSeq: 6, lastMessage: last, unread: 1 });
    const after = summaryAfter(before, heard({ ...last, body: 'edited' }, 7), 'ana');
    expect(after).toMatchObject({ lastSeq: 7, unread: 1, lastMessage: { body: 'edited' } });
    const old = summaryAfter(after, heard(aMessage({ seq: 2, body: 'older' }), 8), 'ana');
    expect(old.lastMessage?.body).toBe('edited');
  });

  test('an older answer of the server changes nothing', () => {
    const local = aSummary({ lastSeq: 9, unread: 2 });
    expect(mergeSummary(local, aSummary({ lastSeq: 8, unread: 1, title: 'Old' }))).toBe(local);
  });

  test('what was read here stays read while the server has not heard of it', () => {
    const local = summaryRead(aSummary({ lastSeq: 9, unread: 4 }), 9, 0);
    expect(mergeSummary(local, aSummary({ lastSeq: 9, lastReadSeq: 3, unread: 4, epoch: 2 }))).toMatchObject({
      lastReadSeq: 9,
      unread: 0,
      epoch: 2,
    });
    expect(mergeSummary(local, aSummary({ lastSeq: 9, lastReadSeq: 9 })).unread).toBe(0);
  });
});

describe('[CHAT3] what asks for attention', () => {
  const unread = { unread: 2, lastReadSeq: 1, lastSeq: 3 };

  test.each([
    ['any unread message by default', {}, true],
    ['nothing that was read', { unread: 0 }, false],
    ['nothing of a muted chat', { notificationLevel: 'none', mentioned: true }, false],
    ['nothing of an archived chat', { archived: true }, false],
    ['no message without a mention where only those are wanted', { notificationLevel: 'mentions' }, false],
    ['a mention where those are wanted', { notificationLevel: 'mentions', mentioned: true }, true],
  ] as const)('%s', (_, fields, wanted) => {
    expect(wantsAttention(aSummary({ ...unread, ...fields }))).toBe(wanted);
  });

  test('a mention is marked as it arrives and forgotten when it is read', () => {
    const message = aMessage({ seq: 1, mentions: ['me'] });
    const told = summaryAfter(aSummary(), { kind: 'message', chatId: 'chat', seq: 1, message }, 'me');
    expect(told).toMatchObject({ unread: 1, mentioned: true });
    expect(summaryRead(told, 1, 0).mentioned).toBe(false);
  });

  test('[PAGE4] tells of a new page share, and of nothing else that is said', () => {
    const before = [aSummary({ lastMessage: aMessage({ seq: 5 }) })];
    const said = [aSummary({ lastMessage: aMessage({ seq: 6 }) })];
    const share = { id: 's', kind: 'article', quote: '', characters: 0, screenshotId: null } as never;
    const shared = [aSummary({ lastMessage: aMessage({ seq: 6, shares: [share] }) })];
    expect(latestShares(said)).toBe(latestShares(before));
    expect(latestShares(shared)).not.toBe(latestShares(before));
    expect(latestShares([])).not.toBe(latestShares(before));
  });
});
