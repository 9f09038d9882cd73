import type { Message } from '../../lib/model/chat.ts';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { AI_NAME } from '../../lib/model/mentions.ts';
import { plainText } from '../../lib/model/plain-text.ts';
import { FORMER_MEMBER } from './notice-words.ts';

/** What an answer quotes; `earlier`: a message that is not at hand, as one from before what this person may see. */
export type Answered = Message | 'earlier';

export const EARLIER = 'An earlier message';

/** Enough for the one line that is shown of it. */
const LONGEST = 200;

/** Whose words they are, to the reader. */
export function quotedName(message: Message, people: ChatView['people'], meId: string): string {
  if (message.kind === 'assistant') return AI_NAME;
  return message.authorId === meId
    ? 'You'
    : (people[message.authorId ?? '']?.displayName ?? (message.authorId === null ? FORMER_MEMBER : 'Somebody'));
}

/** The words in one line; a deleted message has none. */
export function quotedLine({ body, deletedAt, attachments, shares }: Message): string {
  if (deletedAt !== null) return EARLIER;
  const line = plainText(body.slice(0, LONGEST));
  return line === '' ? (shares[0]?.title ?? attachments[0]?.name ?? EARLIER) : line;
}
