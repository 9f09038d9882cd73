import type { Message, Notice, Person, Reply, ReplyStatus } from '../../lib/model/chat.ts';
import type { ChatView } from '../../lib/model/chat-view.ts';
import type { FileFacts } from '../../lib/model/files.ts';
import type { OutboxState } from '../../lib/model/outbox.ts';
import type { Share } from '../../lib/model/share.ts';
import { isSameDay, type TimeStyle } from '../time-words.ts';
import type { Answered } from './quote-words.ts';

interface Item {
  /** Stays the same from the first sign of a thing to its last: a message keeps its row from Enter to stored. */
  readonly key: string;
}

export type DayItem = Item & { readonly kind: 'day'; readonly time: string };
export type UnreadItem = Item & { readonly kind: 'unread' };
export type NoticeItem = Item & { readonly kind: 'notice'; readonly notice: Notice; readonly time: string };

export type MemberItem = Item & {
  readonly kind: 'member';
  readonly id: string;
  readonly author: Person | null;
  readonly isOwn: boolean;
  readonly chatId: string;
  readonly body: string;
  readonly files: readonly FileFacts[];
  readonly shares: readonly Share[];
  readonly isDeleted: boolean;
  readonly isEdited: boolean;
  readonly isForPeople: boolean;
  readonly time: string;
  /** Goes on from the row above: same author, soon after. */
  readonly joins: boolean;
  /** The row below goes on from this one. */
  readonly isJoined: boolean;
  /** What it answers to. */
  readonly answered: Answered | null;
  /** As it is stored; null while it is on its way. */
  readonly message: Message | null;
  /** Others who have read up to here and no further: ids joined by commas, in no order that changes. */
  readonly readBy: string;
  /** Where it is on its way; null once it is stored. */
  readonly outgoing: OutboxState | null;
};

export type AssistantItem = Item & {
  readonly kind: 'assistant';
  readonly messageId: string;
  /** As it is stored; null while it is still being written. */
  readonly message: Message | null;
  /** As of a member's message. */
  readonly readBy: string;
  readonly body: string;
  /** What it answers, as far as that is in the piece. */
  readonly asked: string;
  /** Null while it is still being written. */
  readonly time: string | null;
  readonly state: Message['status'] | 'waiting' | 'thinking' | 'writing';
  /** What it does besides thinking and writing. */
  readonly status: ReplyStatus | null;
  /** The job that can be stopped. */
  readonly jobId: string | null;
  readonly isStopping: boolean;
};

export type TimelineItem = DayItem | UnreadItem | NoticeItem | MemberItem | AssistantItem;

export interface TimelineOptions {
  readonly meId: string;
  /** The divider stands before the first message of others after this seq; null: no divider. */
  readonly unreadAfter: number | null;
  readonly time?: TimeStyle;
}

/** Messages of one author within this time join, in milliseconds. */
const JOIN_WITHIN = 5 * 60_000;

/** A chat from top to bottom: messages with their dividers, then what is on its way, then what the AI is about to say. */
export function buildTimeline(view: ChatView, options: TimelineOptions): readonly TimelineItem[] {
  const { meId, unreadAfter, time: timeStyle } = options;
  const items: TimelineItem[] = [];
  const replies = new Map(view.replies.map((reply) => [reply.messageId, reply]));
  const readers = findReaders(view, meId);
  const byId = new Map(view.messages.map((message) => [message.id, message]));
  const isBusy = view.replies.some((reply) => reply.state === 'running');
  let lastTime: string | null = null;
  let isUnreadMarked = unreadAfter === null;

  function answeredBy(replyTo: string | null): Answered | null {
    return replyTo === null ? null : (byId.get(replyTo) ?? 'earlier');
  }

  function askedBy(messageId: string | null): string {
    const asked = byId.get(messageId ?? '');
    return asked === undefined ? '' : [asked.body, ...asked.shares.map(({ url }) => url)].join('\n');
  }

  function startDay(time: string): void {
    if (lastTime === null || !isSameDay(new Date(lastTime), new Date(time), timeStyle))
      items.push({ kind: 'day', key: `day ${time}`, time });
    lastTime = time;
  }

  function add(item: MemberItem): void {
    const above = items.at(-1);
    const joins = above?.kind === 'member' && belongTogether(above, item);
    if (joins) items[items.length - 1] = { ...above, isJoined: true };
    items.push({ ...item, joins });
  }

  for (const message of view.messages) {
    startDay(message.createdAt);
    if (!isUnreadMarked && message.seq > (unreadAfter ?? 0) && message.kind !== 'system' && message.authorId !== meId) {
      items.push({ kind: 'unread', key: 'unread' });
      isUnreadMarked = true;
    }
    const again = replies.get(message.id);
    if (again !== undefined) {
      // A failed answer that is tried again is rewritten where it stands.
      items.push({ ...replyItem(again, isBusy), asked: askedBy(again.triggerMessageId) });
      replies.delete(message.id);
    } else if (message.notice !== null) {
      items.push({ kind: 'notice', key: message.id, notice: message.notice, time: message.createdAt });
    } else if (message.kind === 'assistant') {
      items.push({ ...assistantItem(message), asked: askedBy(message.replyTo), readBy: readers.get(message.id) ?? '' });
    } else {
      const readBy = readers.get(message.id) ?? '';
      add({ ...memberItem(message, view.people, meId), answered: answeredBy(message.replyTo), message, readBy });
    }
  }
  // What comes next stands at the end of the chat, not of a piece from further up.
  if (view.hasNewer) return items;
  for (const entry of view.outbox) {
    startDay(entry.createdAt);
    const sent = { ...entry, authorId: meId, deletedAt: null, editedAt: null, attachments: entry.files };
    add({ ...memberItem(sent, view.people, meId), answered: answeredBy(entry.replyTo), outgoing: entry.state });
  }
  for (const reply of replies.values())
    items.push({ ...replyItem(reply, isBusy), asked: askedBy(reply.triggerMessageId) });
  return items;
}

/** By message, who of the others has read up to it and no further. Whose place is further up than the piece stands nowhere. */
function findReaders(
  { chat, members, messages, reads, hasOlder }: ChatView,
  meId: string,
): ReadonlyMap<string, string> {
  const readers = new Map<string, string>();
  if (chat.kind === 'solo') return readers;
  const said = messages.filter(({ kind }) => kind !== 'system');
  for (const { id } of members) {
    const seq = reads[id];
    const last = id === meId || seq === undefined ? undefined : said.findLast((message) => message.seq <= seq);
    if (last === undefined || (hasOlder && last === said[0])) continue;
    readers.set(last.id, [readers.get(last.id), id].filter(Boolean).join());
  }
  return readers;
}

type Written = Pick<
  Message,
  'id' | 'chatId' | 'attachments' | 'shares' | 'authorId' | 'body' | 'target' | 'createdAt' | 'deletedAt' | 'editedAt'
>;

function memberItem(message: Written, people: ChatView['people'], meId: string): MemberItem {
  return {
    kind: 'member',
    key: message.id,
    id: message.id,
    author: people[message.authorId ?? ''] ?? null,
    isOwn: message.authorId === meId,
    chatId: message.chatId,
    body: message.body,
    files: message.attachments,
    shares: message.shares,
    isDeleted: message.deletedAt !== null,
    isEdited: message.editedAt !== null,
    isForPeople: message.target === 'people',
    time: message.createdAt,
    joins: false,
    isJoined: false,
    answered: null,
    message: null,
    readBy: '',
    outgoing: null,
  };
}

function assistantItem(message: Message): AssistantItem {
  const { id, body, createdAt, status } = message;
  return {
    kind: 'assistant',
    key: id,
    messageId: id,
    message,
    readBy: '',
    body,
    asked: '',
    time: createdAt,
    state: status,
    status: null,
    jobId: null,
    isStopping: false,
  };
}

function replyItem(reply: Reply, isBusy: boolean): AssistantItem {
  const state = reply.text !== '' ? 'writing' : reply.state === 'queued' && isBusy ? 'waiting' : 'thinking';
  return {
    kind: 'assistant',
    key: reply.messageId,
    messageId: reply.messageId,
    message: null,
    readBy: '',
    body: reply.text,
    asked: '',
    time: null,
    state,
    status: reply.status,
    jobId: reply.jobId,
    isStopping: reply.stopping,
  };
}

function belongTogether(above: MemberItem, below: MemberItem): boolean {
  return (
    above.author?.id === below.author?.id &&
    above.isOwn === below.isOwn &&
    below.answered === null &&
    Date.parse(below.time) - Date.parse(above.time) < JOIN_WITHIN
  );
}
