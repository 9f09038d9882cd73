import type { ChatSummary, Message, Reply } from '../../../lib/model/chat.ts';
import type { ChatView } from '../../../lib/model/chat-view.ts';
import type { OutboxEntry } from '../../../lib/model/outbox.ts';

const AT = '2026-11-23T12:00:00.000Z';

export function aMessage(fields: Partial<Message> & { readonly seq: number }): Message {
  return {
    id: `message ${fields.seq}`,
    chatId: 'chat',
    kind: 'member',
    authorId: 'ben',
    body: 'hello',
    target: 'default',
    status: 'complete',
    replyTo: null,
    notice: null,
    createdAt: AT,
    editedAt: null,
    deletedAt: null,
    mentions: [],
    mentionsAll: false,
    reactions: [],
    attachments: [],
    sources: [],
    shares: [],
    ...fields,
  };
}

export function aSummary(fields: Partial<ChatSummary> = {}): ChatSummary {
  return {
    id: 'chat',
    kind: 'group',
    title: 'Trip',
    instructions: '',
    replyMode: 'mention',
    epoch: 1,
    creatorId: 'ana',
    createdAt: AT,
    lastSeq: 0,
    lastReadSeq: 0,
    unread: 0,
    memberCount: 2,
    notificationLevel: 'all',
    lastMessage: null,
    mentioned: false,
    archived: false,
    pendingRequests: 0,
    ...fields,
  };
}

export function aView(fields: Partial<ChatView> = {}): ChatView {
  return {
    chat: aSummary(),
    members: [],
    people: {},
    files: [],
    shares: [],
    presence: {},
    reads: {},
    messages: [],
    hasOlder: false,
    hasNewer: false,
    follows: true,
    outbox: [],
    requests: [],
    replies: [],
    draft: '',
    ...fields,
  };
}

export function anEntry(fields: Partial<OutboxEntry> = {}): OutboxEntry {
  return {
    id: 'message 1',
    chatId: 'chat',
    body: 'hello',
    target: 'default',
    replyTo: null,
    files: [],
    shares: [],
    createdAt: AT,
    state: { name: 'pending', attempts: 0 },
    ...fields,
  };
}

export function aReply(fields: Partial<Reply> = {}): Reply {
  return {
    jobId: 'job',
    chatId: 'chat',
    messageId: 'answer',
    triggerMessageId: 'question',
    askerId: 'ana',
    state: 'running',
    attempt: 1,
    stopping: false,
    status: null,
    text: '',
    ...fields,
  };
}
