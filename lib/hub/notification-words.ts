import type { ChatSummary, Message, Person } from '../model/chat.ts';
import { cleanText } from '../model/clean-text.ts';
import { AI_NAME } from '../model/mentions.ts';
import { plainText } from '../model/plain-text.ts';

/** Longest text of a notification, in characters as people count them. */
const LONGEST = 120;
/** The first line is looked for in the beginning of a message only. */
const LOOKED_AT = 2_000;
/** As far as the server counts. */
const MANY = 100;

/** Who wrote a message and how it begins: `Ana: see you there`. */
export function messageWords(message: Message, author: Person | undefined): string {
  const name = message.kind === 'assistant' ? AI_NAME : author?.displayName;
  const words = firstLine(message.body) || shareWords(message.shares) || fileWords(message.attachments.length);
  return shorten(name === undefined ? words : `${name}: ${words}`);
}

/** How much is new, where that is more than one message. */
export function countWords(count: number, { notificationLevel }: Pick<ChatSummary, 'notificationLevel'>): string {
  const number = count < MANY ? String(count) : `More than ${MANY - 1}`;
  return notificationLevel === 'mentions' ? `${number} messages mention you` : `${number} new messages`;
}

/** What is new, where not even the messages are known, only the list. */
export function summaryWords(chat: Pick<ChatSummary, 'notificationLevel' | 'unread'>): string {
  if (chat.notificationLevel === 'mentions') return 'You were mentioned';
  return chat.unread === 1 ? 'A new message' : countWords(chat.unread, chat);
}

/** The first line with words in it, without Markdown's marks and without what would turn the name before it. */
function firstLine(body: string): string {
  for (const line of cleanText(body.slice(0, LOOKED_AT)).split('\n')) {
    const words = plainText(line);
    if (words !== '') return words;
  }
  return '';
}

function shareWords([first, ...others]: Message['shares']): string {
  if (first === undefined) return '';
  return others.length === 0 ? `Shared ${first.title}` : `Shared ${others.length + 1} pages`;
}

function fileWords(count: number): string {
  if (count === 0) return 'A new message';
  return count === 1 ? 'Sent a file' : `Sent ${count} files`;
}

function shorten(text: string): string {
  const characters = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)];
  if (characters.length <= LONGEST) return text;
  const kept = characters.slice(0, LONGEST - 1).map(({ segment }) => segment);
  return `${kept.join('').trimEnd()}…`;
}
