import type { ChatSummary, Message } from '../model/chat.ts';
import { addresses, countsAsUnread } from './summary.ts';

/** Of the messages heard of a chat, those that its person wants to be told of, in order. */
export function worthTelling(messages: readonly Message[], chat: ChatSummary, myId: string): readonly Message[] {
  return wantsNotifications(chat)
    ? messages.filter((message) => isWorthTelling(message, chat, myId)).sort((a, b) => a.seq - b.seq)
    : [];
}

/** Whether notifications of a chat that tell of messages up to this seq have nothing to say any more. */
export function isTold(chat: ChatSummary, seq: number): boolean {
  return !wantsNotifications(chat) || chat.lastReadSeq >= seq;
}

function wantsNotifications({ archived, notificationLevel }: ChatSummary): boolean {
  return !archived && notificationLevel !== 'none';
}

function isWorthTelling(message: Message, chat: ChatSummary, myId: string): boolean {
  if (!countsAsUnread(message, myId) || message.deletedAt !== null || message.seq <= chat.lastReadSeq) return false;
  if (message.status !== 'complete') return false;
  return chat.notificationLevel === 'all' || addresses(message, myId);
}
