import { describe, expect, test } from 'vitest';
import { buildTimeline, type MemberItem, type TimelineItem } from '../../../components/chat/timeline.ts';
import type { Message, Person, Reply } from '../../../lib/model/chat.ts';
import type { ChatView } from '../../../lib/model/chat-view.ts';
import type { OutboxEntry } from '../../../lib/model/outbox.ts';
import { lightShare } from '../../../lib/model/share.ts';
import { CHAT_ID, chatMessage, chatView } from './scripted-hub.ts';

const ana: Person = { id: 'ana', displayName: 'Ana', username: 'ana', avatarPath: null };
const ben: Person = { id: 'ben', displayName: 'Ben', username: 'ben', avatarPath: null };

/** A message by the author at this time of 23 November, UTC. */
function at(seq: number, authorId: string, time: string, more: Partial<Message> = {}): Message {
  const createdAt = time.length > 5 ? time : `2026-11-23T${time}:00.000Z`;
  return chatMessage(seq, { authorId, createdAt, ...more });
}

function entry(id: string, time: string): OutboxEntry {
  return {
    id,
    chatId: CHAT_ID,
    body: 'on its way',
    target: 'default',
    replyTo: null,
    files: [],
    shares: [],
    createdAt: `2026-11-23T${time}:00.000Z`,
    state: { name: 'pending', attempts: 0 },
  };
}

function reply(more: Partial<Reply>): Reply {
  return {
    jobId: 'job',
    chatId: CHAT_ID,
    messageId: 'answer',
    triggerMessageId: 'message-1',
    askerId: 'ben',
    state: 'running',
    attempt: 1,
    stopping: false,
    status: null,
    text: '',
    ...more,
  };
}

function timeline(view: Partial<ChatView>, unreadAfter: number | null = null): readonly TimelineItem[] {
  const people = { ana, ben };
  return buildTimeline(chatView({ people, ...view }), { meId: 'ben', unreadAfter, time: { timeZone: 'UTC' } });
}

const shape = (items: readonly TimelineItem[]) =>
  items.map((item) => (item.kind === 'member' ? `${item.author?.id}${item.joins ? '+' : ''}` : item.kind));

describe('joining', () => {
  test('messages of one author within five minutes join, a later one stands for itself', () => {
    const messages = [at(1, 'ana', '10:00'), at(2, 'ana', '10:04'), at(3, 'ana', '10:08'), at(4, 'ana', '10:13')];
    expect(shape(timeline({ messages }))).toEqual(['day', 'ana', 'ana+', 'ana+', 'ana']);
  });

  test('the row above a joining one knows it', () => {
    const items = timeline({ messages: [at(1, 'ana', '10:00'), at(2, 'ana', '10:01')] });
    expect(items.slice(1).map((item) => (item as MemberItem).isJoined)).toEqual([true, false]);
  });

  test.each([
    ['another author', at(2, 'ben', '10:01')],
    ['a notice', at(2, 'ana', '10:01', { kind: 'system', notice: { type: 'left', userId: 'x' } })],
    ['the AI', at(2, 'ana', '10:01', { kind: 'assistant', authorId: null })],
  ])('%s in between parts them', (_, between) => {
    const items = timeline({ messages: [at(1, 'ana', '10:00'), between, at(3, 'ana', '10:02')] });
    expect(shape(items).at(-1)).toBe('ana');
  });

  test('midnight parts them, too', () => {
    const messages = [at(1, 'ana', '2026-11-22T23:59:00.000Z'), at(2, 'ana', '00:01')];
    expect(shape(timeline({ messages }))).toEqual(['day', 'ana', 'day', 'ana']);
  });

  test('what is on its way joins the stored ones', () => {
    const items = timeline({ messages: [at(1, 'ben', '10:00')], outbox: [entry('own-1', '10:01')] });
    expect(shape(items)).toEqual(['day', 'ben', 'ben+']);
  });
});

describe('the unread divider', () => {
  test('stands before the first message of others that was not read', () => {
    const messages = [at(1, 'ana', '10:00'), at(2, 'ben', '10:01'), at(3, 'ana', '10:02'), at(4, 'ana', '10:03')];
    expect(shape(timeline({ messages }, 1))).toEqual(['day', 'ana', 'ben', 'unread', 'ana', 'ana+']);
  });

  test('does not stand before own messages and notices alone', () => {
    const left = at(3, 'ana', '10:02', { kind: 'system', authorId: null, notice: { type: 'left', userId: 'x' } });
    expect(shape(timeline({ messages: [at(1, 'ana', '10:00'), at(2, 'ben', '10:01'), left] }, 1))).not.toContain(
      'unread',
    );
  });

  test('is not there when nothing is said to be unread', () => {
    expect(shape(timeline({ messages: [at(1, 'ana', '10:00')] }, null))).not.toContain('unread');
  });
});

describe('order and identity', () => {
  test('stored messages, then those on their way, then what the AI is about to say', () => {
    const items = timeline({
      messages: [at(1, 'ana', '10:00')],
      outbox: [entry('own-1', '10:01')],
      replies: [reply({})],
    });
    expect(shape(items)).toEqual(['day', 'ana', 'ben', 'assistant']);
  });

  test('[MSG1] a message keeps its row when it is stored', () => {
    const before = timeline({ outbox: [entry('own-1', '10:01')] }).at(-1);
    const after = timeline({ messages: [at(1, 'ben', '10:01', { id: 'own-1' })] }).at(-1);
    expect(after?.key).toBe(before?.key);
  });

  test('[AI6] a reply keeps its row when its message comes', () => {
    const before = timeline({ replies: [reply({ text: 'So' })] }).at(-1);
    const after = timeline({ messages: [at(1, '', '10:01', { id: 'answer', kind: 'assistant', authorId: null })] }).at(
      -1,
    );
    expect(after?.key).toBe(before?.key);
  });

  test('[AI6] a failed answer that is tried again is rewritten where it stands', () => {
    const failed = at(1, '', '10:00', { id: 'answer', kind: 'assistant', authorId: null, status: 'failed' });
    const items = timeline({ messages: [failed, at(2, 'ana', '10:01')], replies: [reply({ text: 'Again' })] });
    expect(shape(items)).toEqual(['day', 'assistant', 'ana']);
    expect(items[1]).toMatchObject({ key: 'answer', state: 'writing', body: 'Again' });
  });

  test('no two rows share a key', () => {
    const items = timeline(
      {
        messages: [at(1, 'ana', '2026-11-21T10:00:00.000Z'), at(2, 'ana', '10:00')],
        outbox: [entry('own-1', '10:01')],
      },
      1,
    );
    expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
  });
});

test('[AI5] of several replies one is being thought of and the others wait', () => {
  const second = reply({ jobId: 'job-2', messageId: 'answer-2', state: 'queued' });
  const items = timeline({ replies: [reply({}), second] });
  expect(items.map((item) => item.kind === 'assistant' && item.state)).toEqual(['thinking', 'waiting']);
  expect(timeline({ replies: [second] })[0]).toMatchObject({ state: 'thinking' });
});

test('a message whose author is unknown is still there', () => {
  expect(timeline({ messages: [at(1, 'stranger', '10:00')] })[1]).toMatchObject({ kind: 'member', author: null });
});

describe('answering', () => {
  const answeredOf = (items: readonly TimelineItem[]) =>
    items.flatMap((item) => (item.kind === 'member' ? [item.answered] : []));

  test('[MSG4] an answer quotes its message, as it is by now, or an earlier one', () => {
    const asked = at(1, 'ana', '10:00', { body: 'edited since' });
    const messages = [
      asked,
      at(2, 'ben', '10:01', { replyTo: asked.id }),
      at(3, 'ben', '10:02', { replyTo: 'not-at-hand' }),
    ];
    const waiting: OutboxEntry = { ...entry('sent', '10:03'), replyTo: asked.id };
    expect(answeredOf(timeline({ messages, outbox: [waiting] }))).toEqual([null, asked, 'earlier', asked]);
  });

  test('[MSG4] an answer stands for itself, so that its quote is not between joined rows', () => {
    const messages = [at(1, 'ana', '10:00'), at(2, 'ana', '10:01', { replyTo: 'message-1' }), at(3, 'ana', '10:02')];
    expect(shape(timeline({ messages }))).toEqual(['day', 'ana', 'ana', 'ana+']);
  });
});

describe('[AI14] what an answer may link to', () => {
  test('are the addresses of the question, those of the pages that it shares too', () => {
    const share = lightShare({
      ...{ id: 's', kind: 'article', url: 'https://shared.example/a', title: 'A', author: null, publishedAt: null },
      ...{ language: null, text: 'x', anchor: null, screenshotId: null },
    });
    const question = at(1, 'ben', '10:00', { body: 'see https://asked.example', shares: [share] });
    const messages = [question, at(2, 'ai', '10:01', { kind: 'assistant', authorId: null, replyTo: question.id })];
    const items = timeline({ messages });
    const asked = items.flatMap((item) => (item.kind === 'assistant' ? [item.asked] : []));
    expect(asked).toEqual(['see https://asked.example\nhttps://shared.example/a']);
  });
});
