import type { Chat, ChatSummary, Delta, JoinRequest, Member, Message, Person, Reply } from './chat.ts';
import type { StagedFile } from './files.ts';
import type { OutboxEntry } from './outbox.ts';
import { type Piece, withHeard, withNewer, withOlder } from './piece.ts';
import type { Share } from './share.ts';
import { countCharacters } from './text.ts';

/** All that a panel shows of one chat. An outbox entry goes when its message is there. */
export interface ChatView extends Piece {
  readonly chat: ChatSummary;
  readonly members: readonly Member[];
  /** Who waits to be let in, the longest waiting first. */
  readonly requests: readonly JoinRequest[];
  /** Faces by id of everyone who is or was in the chat, as far as known. */
  readonly people: Readonly<Record<string, Person>>;
  /** Whether new messages move the piece on, because its reader is at the end. */
  readonly follows: boolean;
  readonly outbox: readonly OutboxEntry[];
  /** What was added to the message being written. */
  readonly files: readonly StagedFile[];
  readonly shares: readonly Share[];
  readonly replies: readonly Reply[];
  readonly draft: string;
  /** The others who look at the chat at present, by id. */
  readonly presence: Readonly<Record<string, Presence>>;
  /** Seq of the last message that each other member has read, as far as known. */
  readonly reads: Readonly<Record<string, number>>;
  /** The person's own last question that a limit stands against, as far as known. */
  readonly limit?: ReplyLimit;
}

export interface ReplyLimit {
  readonly messageId: string;
  /** quota: all answers of their plan; pictures: all pictures of it; ceiling: all that may be spent for everyone today. */
  readonly reason: 'quota' | 'pictures' | 'ceiling';
  /** When it is over. */
  readonly resetsAt: string;
}

export type Presence = 'here' | 'typing';

export type ChatEvent =
  | { readonly name: 'message'; readonly message: Message }
  | ({ readonly name: 'older' } & Pick<Piece, 'messages' | 'hasOlder'>)
  | ({ readonly name: 'newer' } & Pick<Piece, 'messages' | 'hasNewer'>)
  /** Another piece of the same chat is shown from now on. */
  | ({ readonly name: 'piece' } & Piece)
  | { readonly name: 'follow'; readonly follows: boolean }
  | { readonly name: 'member'; readonly userId: string; readonly member: Member | null }
  | { readonly name: 'request'; readonly userId: string; readonly request: JoinRequest | null }
  /** Null: does not look any more. */
  | { readonly name: 'presence'; readonly userId: string; readonly presence: Presence | null }
  | { readonly name: 'read'; readonly userId: string; readonly seq: number }
  | { readonly name: 'limit'; readonly limit: ReplyLimit }
  | { readonly name: 'people'; readonly people: readonly Person[] }
  | { readonly name: 'chat'; readonly chat: Chat }
  | { readonly name: 'summary'; readonly chat: ChatSummary }
  | { readonly name: 'outbox'; readonly entry: OutboxEntry }
  | { readonly name: 'file'; readonly file: StagedFile }
  | { readonly name: 'file-removed'; readonly id: string }
  | { readonly name: 'share'; readonly share: Share }
  | { readonly name: 'share-removed'; readonly id: string }
  | { readonly name: 'outbox-removed'; readonly id: string }
  | { readonly name: 'reply'; readonly reply: Reply }
  | { readonly name: 'delta'; readonly delta: Delta }
  | { readonly name: 'reply-ended'; readonly jobId: string };

/** The view after an event. Pure; returns the same object when nothing changed. Used by the hub and by every panel alike. */
export function applyEvent(view: ChatView, event: ChatEvent): ChatView {
  switch (event.name) {
    case 'message':
      return applyMessage(view, event.message);
    case 'older':
      if (event.messages.length === 0 && event.hasOlder === view.hasOlder) return view;
      return { ...view, ...withOlder(pieceOf(view), event) };
    case 'newer':
      return { ...view, ...withNewer(pieceOf(view), event) };
    case 'piece':
      return { ...view, messages: event.messages, hasOlder: event.hasOlder, hasNewer: event.hasNewer };
    case 'follow':
      return event.follows === view.follows ? view : { ...view, follows: event.follows };
    case 'member':
      return applyMember(view, event.userId, event.member);
    case 'request':
      return applyRequest(view, event.userId, event.request);
    case 'presence':
      return applyPresence(view, event.userId, event.presence);
    case 'read':
      if (event.seq <= (view.reads[event.userId] ?? 0)) return view;
      return { ...view, reads: { ...view.reads, [event.userId]: event.seq } };
    case 'limit':
      return { ...view, limit: event.limit };
    case 'people':
      return { ...view, people: withPeople(view.people, event.people) };
    case 'chat':
      return { ...view, chat: { ...view.chat, ...event.chat } };
    case 'summary':
      return { ...view, chat: event.chat };
    case 'outbox':
      return view.messages.some((message) => message.id === event.entry.id)
        ? view
        : { ...view, outbox: upsertBy(view.outbox, event.entry, (entry) => entry.id) };
    case 'file':
      return { ...view, files: upsertBy(view.files, event.file, (file) => file.id) };
    case 'file-removed':
      return without(view, 'files', ({ id }) => id === event.id);
    case 'share':
      return { ...view, shares: upsertBy(view.shares, event.share, (share) => share.id) };
    case 'share-removed':
      return without(view, 'shares', ({ id }) => id === event.id);
    case 'outbox-removed':
      return without(view, 'outbox', ({ id }) => id === event.id);
    case 'reply':
      return applyReply(view, event.reply);
    case 'delta':
      return applyDelta(view, event.delta);
    case 'reply-ended':
      return without(view, 'replies', ({ jobId }) => jobId === event.jobId);
  }
}

/**
 * Whether a delta continues what is known of its reply. `gap`: something in between is missing, or the reply is unknown: read its
 * stored text. `stale`: it is known already.
 */
export function placeDelta(reply: Reply | undefined, delta: Delta): 'next' | 'stale' | 'gap' {
  if (reply === undefined || delta.attempt > reply.attempt)
    return delta.offset === 0 && reply !== undefined ? 'next' : 'gap';
  if (delta.attempt < reply.attempt) return 'stale';
  const length = countCharacters(reply.text);
  if (delta.offset === length) return 'next';
  return delta.offset < length ? 'stale' : 'gap';
}

function applyMessage(view: ChatView, message: Message): ChatView {
  const { authorId } = message;
  return {
    // Whoever was writing has written.
    ...(authorId !== null && view.presence[authorId] === 'typing' ? applyPresence(view, authorId, 'here') : view),
    ...withHeard(pieceOf(view), message, view.follows),
    outbox: view.outbox.filter((entry) => entry.id !== message.id),
    replies: view.replies.filter((reply) => reply.messageId !== message.id || message.status === 'failed'),
  };
}

function applyPresence(view: ChatView, userId: string, presence: Presence | null): ChatView {
  if ((view.presence[userId] ?? null) === presence) return view;
  const { [userId]: _, ...others } = view.presence;
  return { ...view, presence: presence === null ? others : { ...others, [userId]: presence } };
}

function pieceOf({ messages, hasOlder, hasNewer }: Piece): Piece {
  return { messages, hasOlder, hasNewer };
}

function applyMember(view: ChatView, userId: string, member: Member | null): ChatView {
  const others = view.members.filter((other) => other.id !== userId);
  const members = member === null ? others : [...others, member].sort(byJoining);
  const { [userId]: _, ...reads } = view.reads;
  return {
    ...(member === null ? { ...applyPresence(view, userId, null), reads } : view),
    members,
    people: member === null ? view.people : withPeople(view.people, [member]),
    chat: { ...view.chat, memberCount: members.length },
  };
}

function applyRequest(view: ChatView, userId: string, request: JoinRequest | null): ChatView {
  const others = view.requests.filter(({ id }) => id !== userId);
  const requests =
    request === null ? others : [...others, request].sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  return { ...view, requests, chat: { ...view.chat, pendingRequests: requests.length } };
}

function applyReply(view: ChatView, reply: Reply): ChatView {
  const known = view.replies.find((other) => other.jobId === reply.jobId);
  // Late news: of an attempt that was given up, or of a reply whose message is there.
  if (known !== undefined && reply.state === 'running' && reply.attempt < known.attempt) return view;
  if (view.messages.some(({ id, status }) => id === reply.messageId && status !== 'failed')) return view;
  const isLonger = known?.attempt === reply.attempt && known.text.length > reply.text.length;
  const next = isLonger ? { ...reply, text: known.text } : reply;
  return { ...view, replies: upsertBy(view.replies, next, (other) => other.jobId) };
}

function applyDelta(view: ChatView, delta: Delta): ChatView {
  const reply = view.replies.find((other) => other.jobId === delta.jobId);
  if (reply === undefined || placeDelta(reply, delta) !== 'next') return view;
  const text = delta.attempt > reply.attempt ? delta.text : reply.text + delta.text;
  const next: Reply = { ...reply, state: 'running', attempt: delta.attempt, text };
  return { ...view, replies: upsertBy(view.replies, next, (other) => other.jobId) };
}

function withPeople(
  people: Readonly<Record<string, Person>>,
  more: readonly Person[],
): Readonly<Record<string, Person>> {
  const next = { ...people };
  for (const { id, displayName, username, avatarPath } of more) next[id] = { id, displayName, username, avatarPath };
  return next;
}

function upsertBy<T>(list: readonly T[], item: T, key: (item: T) => string): readonly T[] {
  const index = list.findIndex((other) => key(other) === key(item));
  return index === -1 ? [...list, item] : list.with(index, item);
}

/** The view without the items of a list that match; the same view when none does. */
function without<K extends 'files' | 'shares' | 'outbox' | 'replies'>(
  view: ChatView,
  list: K,
  matches: (item: ChatView[K][number]) => boolean,
): ChatView {
  const items: readonly ChatView[K][number][] = view[list];
  return items.some(matches) ? { ...view, [list]: items.filter((item) => !matches(item)) } : view;
}

function byJoining(a: Member, b: Member): number {
  if (a.joinedAt !== b.joinedAt) return a.joinedAt < b.joinedAt ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
