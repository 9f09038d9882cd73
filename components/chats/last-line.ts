import type { ChatSummary, Message, Person } from '../../lib/model/chat.ts';
import { AI_NAME } from '../../lib/model/mentions.ts';
import { plainText } from '../../lib/model/plain-text.ts';
import { BLOCKED_PERSON } from '../chat/BlockedMessage.tsx';
import { noticeWords } from '../chat/notice-words.ts';

/** What a message without words is. */
function fileWords({ attachments, shares }: Message): string {
  const [share] = shares;
  if (share !== undefined) return shares.length === 1 ? share.title : `${shares.length} page shares`;
  const [first] = attachments;
  if (first === undefined) return '';
  return attachments.length === 1 ? first.name : `${attachments.length} files`;
}

const NOBODY: ReadonlySet<string> = new Set();

/** The last thing said in a chat, in one line: `Ana: see you there`. Empty when nothing was said yet. */
export function lastLine(
  chat: ChatSummary,
  people: Readonly<Record<string, Person>>,
  meId: string,
  blocked: ReadonlySet<string> = NOBODY,
): string {
  const message = chat.lastMessage;
  if (message === null) return '';
  if (message.notice !== null) return noticeWords(message.notice, people, meId);
  if (message.authorId !== null && blocked.has(message.authorId)) return BLOCKED_PERSON;
  const text = message.deletedAt === null ? plainText(message.body) || fileWords(message) : 'Message deleted';
  if (message.kind === 'assistant')
    return `${AI_NAME}: ${text || (message.status === 'failed' ? 'could not answer' : 'stopped')}`;
  if (message.authorId === meId) return `You: ${text}`;
  const author = people[message.authorId ?? '']?.displayName;
  return author === undefined ? text : `${author}: ${text}`;
}
