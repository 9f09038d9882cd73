import type { HeardChange } from '../data/wire/changes.ts';
import type { ChatSummary, Message } from '../model/chat.ts';

/** As the server counts. */
const MAX_UNREAD = 100;

/** The list's line of a chat after a change. Counts a change once, however often and from where it is heard. */
export function summaryAfter(summary: ChatSummary, change: HeardChange, myId: string): ChatSummary {
  const fresh = change.seq > summary.lastSeq;
  const next = fresh ? { ...summary, lastSeq: change.seq } : summary;
  if (change.kind === 'chat') return { ...next, ...change.chat };
  if (change.kind !== 'message') return next;
  const { message } = change;
  const counted = fresh && message.seq === change.seq ? countNew(next, message, myId) : next;
  const isLast = counted.lastMessage === null || message.seq >= counted.lastMessage.seq;
  return isLast ? { ...counted, lastMessage: message } : counted;
}

/** After the person read up to a seq; `unread` are the messages by others behind it, as far as known. */
export function summaryRead(summary: ChatSummary, seq: number, unread: number): ChatSummary {
  if (seq <= summary.lastReadSeq) return summary;
  return { ...summary, lastReadSeq: seq, unread, mentioned: summary.mentioned && unread > 0 };
}

/** What the server says against what is known here: the later word counts, and what was read here stays read. */
export function mergeSummary(local: ChatSummary, remote: ChatSummary): ChatSummary {
  if (remote.lastSeq < local.lastSeq) return local;
  if (remote.lastReadSeq >= local.lastReadSeq) return remote;
  const unread = local.lastReadSeq >= remote.lastSeq ? 0 : Math.min(local.unread, remote.unread);
  return { ...remote, lastReadSeq: local.lastReadSeq, unread, mentioned: remote.mentioned && unread > 0 };
}

/** Whether a message counts as unread for somebody who has not read it. */
export function countsAsUnread(message: Message, myId: string): boolean {
  return message.kind !== 'system' && message.authorId !== myId;
}

/** Whether a message is meant for somebody in particular, or for everyone. */
export function addresses({ mentions, mentionsAll }: Message, myId: string): boolean {
  return mentionsAll || mentions.includes(myId);
}

/** Whether a chat's unread messages are to be counted on the toolbar's button: as its person wants to hear of it. */
export function wantsAttention(chat: ChatSummary): boolean {
  if (chat.unread === 0 || chat.archived || chat.notificationLevel === 'none') return false;
  return chat.notificationLevel === 'all' || chat.mentioned;
}

/** Another word whenever somebody shared a page in one of these chats, or another chat is among them. */
export function latestShares(chats: readonly ChatSummary[]): string {
  return chats.map(({ id, lastMessage }) => (lastMessage?.shares.length ? lastMessage.id : id)).join();
}

function countNew(summary: ChatSummary, message: Message, myId: string): ChatSummary {
  const { notice } = message;
  if (notice?.type === 'joined') return { ...summary, memberCount: summary.memberCount + 1 };
  if (notice?.type === 'left' || notice?.type === 'removed')
    return { ...summary, memberCount: summary.memberCount - 1 };
  // Whatever is said brings a chat back that was put away.
  const back = message.kind === 'system' ? summary : { ...summary, archived: false };
  if (!countsAsUnread(message, myId) || message.seq <= summary.lastReadSeq) return back;
  const mentioned = summary.mentioned || addresses(message, myId);
  return { ...back, unread: Math.min(MAX_UNREAD, summary.unread + 1), mentioned };
}
