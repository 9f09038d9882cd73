import type { ChatSummary, Message } from '../../lib/model/chat.ts';
import type { OutboxEntry } from '../../lib/model/outbox.ts';
import type { Book } from './book.ts';
import type { Holding } from './holding.ts';
import { wordingKey } from './memory.ts';
import type { Accepted } from './promises.ts';
import type { Truth } from './truth.ts';

/** A world in which all is well: Ana and Ben are in a chat with three messages, and Ana has all of it. Tests break one thing each. */
export interface MadeUp {
  readonly book: Book;
  readonly holding: Holding;
  readonly truth: Truth;
  readonly accepted: readonly Accepted[];
}

export const NOON = Date.parse('2026-11-27T12:00:00Z');
export const ANA = 'ana';
const CHAT = 'chat';

export function message(seq: number, more: Partial<Message> = {}): Message {
  return {
    ...{ id: `m${seq}`, chatId: CHAT, seq, kind: 'member', authorId: ANA, body: `word ${seq}`, target: 'people' },
    ...{ status: 'complete', replyTo: null, notice: null, createdAt: new Date(NOON + seq).toISOString() },
    ...{
      editedAt: null,
      deletedAt: null,
      mentions: [],
      mentionsAll: false,
      reactions: [],
      attachments: [],
      sources: [],
      shares: [],
    },
    ...more,
  };
}

export function entry(id: string, state: OutboxEntry['state']): OutboxEntry {
  return {
    ...{ id, chatId: CHAT, body: `word of ${id}`, target: 'people', replyTo: null, files: [], shares: [] },
    ...{ createdAt: new Date(NOON).toISOString(), state },
  };
}

/** Handed over by Ana at a moment after noon. */
export function accept(id: string, after: number, more: Partial<Accepted> = {}): Accepted {
  const body = id.startsWith('m') ? `word ${id.slice(1)}` : `word of ${id}`;
  return { id, chatId: CHAT, authorId: ANA, body, fileIds: [], askedAt: NOON + after - 1, at: NOON + after, ...more };
}

/** Where all is well. */
export function makeUp(): MadeUp {
  const messages = [message(1), message(2), message(3)];
  const summary: ChatSummary = {
    ...{ id: CHAT, kind: 'group', title: 'Trip', instructions: '', replyMode: 'mention', epoch: 1, creatorId: ANA },
    ...{ createdAt: new Date(NOON).toISOString(), lastSeq: 3, lastReadSeq: 2, unread: 0, memberCount: 2 },
    ...{ notificationLevel: 'all', lastMessage: message(3), mentioned: false, archived: false, pendingRequests: 0 },
  };
  const members = ['ana', 'ben'].map((id) => ({
    ...{ id, displayName: id, username: id, avatarPath: null, role: 'member' as const },
    joinedAt: new Date(NOON).toISOString(),
  }));
  return {
    book: {
      ...{ chatId: CHAT, lastSeq: 3, log: [1, 2, 3], members: new Set(['ana', 'ben']) },
      stays: new Map([[ANA, [{ from: NOON, to: null }]]]),
      removals: new Map(),
      absences: new Map(),
      seqs: new Map(messages.map(({ id, seq }) => [id, seq])),
      deleted: new Set(),
      wordings: messages.map(({ id, body, seq }) => ({ messageId: id, body, at: NOON + seq })),
      sentFiles: new Set(),
    },
    holding: {
      userId: ANA,
      stored: {
        chat: { id: CHAT, summary, cursor: 3, floor: 0 },
        ...{ messages, memberIds: ['ana', 'ben'], outbox: [], uploads: [] },
      },
      summary,
      view: {
        ...{
          chat: summary,
          members,
          requests: [],
          people: {},
          messages,
          hasOlder: false,
          hasNewer: false,
          follows: true,
        },
        ...{ outbox: [], files: [], shares: [], replies: [], draft: '', presence: {}, reads: {} },
      },
      memory: {
        seqs: new Set([1, 2, 3]),
        wordings: new Set(messages.map(({ id, body }) => wordingKey(id, body))),
        stopped: new Map(),
      },
    },
    truth: { summary, messages },
    accepted: [accept('m1', 1), accept('m3', 3)],
  };
}

/** Ana was removed by seq 2, two seconds after noon, and nothing of the chat is left with her. */
export function makeUpRemoved(): MadeUp {
  const { book, holding, accepted } = makeUp();
  return {
    book: {
      ...book,
      members: new Set(['ben']),
      stays: new Map([[ANA, [{ from: NOON, to: NOON + 2_000 }]]]),
      removals: new Map([[ANA, { seq: 2, at: NOON + 2_000 }]]),
      absences: new Map([[ANA, [{ from: 2, to: null, until: null }]]]),
    },
    holding: {
      userId: ANA,
      stored: { chat: undefined, messages: [], memberIds: [], outbox: [], uploads: [] },
      summary: undefined,
      view: null,
      memory: { ...holding.memory, seqs: new Set([1]) },
    },
    truth: { summary: null, messages: [] },
    accepted,
  };
}
