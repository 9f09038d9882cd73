import type { Message } from '../../lib/model/chat.ts';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { AI_NAME } from '../../lib/model/mentions.ts';
import { noticeWords } from './notice-words.ts';

/** Longer texts are read in the list itself. */
const LONGEST = 400;

/** What a screen reader says of the messages after `seq`: everybody's but one's own. Empty when there is nothing to say. */
export function announce(view: ChatView, seq: number, meId: string): string {
  return view.messages
    .filter((message) => message.seq > seq && (message.authorId !== meId || message.kind === 'system'))
    .map((message) => sentence(message, view, meId))
    .join('\n');
}

function sentence(message: Message, view: ChatView, meId: string): string {
  if (message.notice !== null) return noticeWords(message.notice, view.people, meId);
  const body = message.body.length > LONGEST ? `${message.body.slice(0, LONGEST).toWellFormed()} …` : message.body;
  if (message.kind !== 'assistant') return `${view.people[message.authorId ?? '']?.displayName ?? 'Somebody'}: ${body}`;
  if (message.status === 'failed') return `${AI_NAME} could not answer.`;
  return message.status === 'stopped' ? `${AI_NAME} was stopped: ${body}` : `${AI_NAME}: ${body}`;
}
