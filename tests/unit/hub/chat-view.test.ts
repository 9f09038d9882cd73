import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEvent, type ChatEvent, type ChatView, placeDelta } from '../../../lib/model/chat-view.ts';
import { aMessage, anEntry, aReply, aView } from './fixtures.ts';

const fold = (view: ChatView, ...events: readonly ChatEvent[]) => events.reduce(applyEvent, view);
const delta = (offset: number, text: string, attempt = 1) =>
  ({ jobId: 'job', chatId: 'chat', messageId: 'answer', attempt, offset, text }) as const;

describe('the view of a chat', () => {
  test('[MSG3] in whatever order and however often messages come, they stand once and by seq', () => {
    const seqs = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(seqs, (order) => {
        const events = order.map((seq): ChatEvent => ({ name: 'message', message: aMessage({ seq }) }));
        const shown = fold(aView(), ...events).messages.map(({ seq }) => seq);
        expect(shown).toEqual([...new Set(order)].sort((a, b) => a - b));
      }),
    );
  });

  test('[MSG1] an own message stands once: as entry until its message is there', () => {
    const entry = anEntry();
    const pending = fold(aView(), { name: 'outbox', entry });
    expect(pending.outbox).toEqual([entry]);
    const message = aMessage({ seq: 3, id: entry.id });
    const sent = fold(pending, { name: 'message', message });
    expect([sent.outbox, sent.messages]).toEqual([[], [message]]);
    expect(fold(sent, { name: 'outbox', entry })).toBe(sent);
  });

  test('an event without effect gives the same view', () => {
    const view = aView();
    expect(fold(view, { name: 'outbox-removed', id: 'none' }, { name: 'reply-ended', jobId: 'none' })).toBe(view);
    expect(fold(view, { name: 'older', messages: [], hasOlder: false })).toBe(view);
    expect(fold(view, { name: 'delta', delta: delta(0, 'words') })).toBe(view);
  });

  test('[AI7] deltas make the text, each once, whatever is repeated', () => {
    const words = ['Sa', '👋🏽', ' wie ', 'geht', "'s?"];
    const deltas = words.map((text, index) => delta([...words.slice(0, index).join('')].length, text));
    const order = fc.array(fc.nat(deltas.length - 1), { maxLength: 10 });
    fc.assert(
      fc.property(order, (repeats) => {
        let view = aView({ replies: [aReply()] });
        for (const [index, next] of deltas.entries()) {
          view = fold(view, { name: 'delta', delta: next });
          for (const again of repeats) if (again <= index) view = fold(view, { name: 'delta', delta: deltas[again]! });
        }
        expect(view.replies[0]?.text).toBe(words.join(''));
      }),
    );
  });

  test('[AI7] a delta behind a gap, or of an unknown reply, is not shown but asked for', () => {
    expect(placeDelta(aReply({ text: 'ab' }), delta(3, 'd'))).toBe('gap');
    expect(placeDelta(undefined, delta(0, 'a'))).toBe('gap');
    expect(placeDelta(aReply({ text: '👋' }), delta(1, 'd'))).toBe('next');
    expect(placeDelta(aReply({ text: 'abc' }), delta(1, 'b'))).toBe('stale');
  });

  test('[AI6] a new attempt begins with empty text, and the old one is not heard any more', () => {
    const view = aView({ replies: [aReply({ text: 'half a' })] });
    const again = fold(view, { name: 'delta', delta: delta(0, 'Now', 2) });
    expect(again.replies[0]).toMatchObject({ attempt: 2, text: 'Now' });
    expect(fold(again, { name: 'delta', delta: delta(6, ' word') })).toBe(again);
    expect(fold(again, { name: 'reply', reply: aReply({ text: 'half a' }) })).toBe(again);
  });

  test('[AI6] the final message takes the place of the words, and late news does not bring them back', () => {
    const view = aView({ replies: [aReply({ text: 'Hello' })] });
    const ended = fold(view, { name: 'message', message: aMessage({ seq: 9, id: 'answer', kind: 'assistant' }) });
    expect(ended.replies).toEqual([]);
    expect(fold(ended, { name: 'reply', reply: aReply() })).toBe(ended);
  });

  test('[AI6] a retried reply is shown while its failed message still stands', () => {
    const failed = aMessage({ seq: 9, id: 'answer', kind: 'assistant', status: 'failed' });
    const view = fold(aView({ messages: [failed] }), { name: 'reply', reply: aReply({ state: 'queued', attempt: 0 }) });
    expect(view.replies).toHaveLength(1);
  });

  test('[MEM1] members stand by time of joining, and who goes stays known by face', () => {
    const member = (id: string, joinedAt: string) =>
      ({ id, displayName: id, username: id, avatarPath: null, role: 'member', joinedAt }) as const;
    const view = fold(
      aView(),
      { name: 'member', userId: 'ben', member: member('ben', '2026-11-23T12:00:02.000Z') },
      { name: 'member', userId: 'ana', member: member('ana', '2026-11-23T12:00:01.000Z') },
      { name: 'member', userId: 'ben', member: null },
    );
    expect(view.members.map(({ id }) => id)).toEqual(['ana']);
    expect(view.chat.memberCount).toBe(1);
    expect(view.people.ben?.displayName).toBe('ben');
  });
});
