import type { Message } from '../model/chat.ts';
import { mergeMessages } from '../model/chat-view.ts';

/** A piece of a chat without a hole in it. */
export interface Page {
  readonly messages: readonly Message[];
  /** Whether there are messages before the first one. */
  readonly hasOlder: boolean;
}

/**
 * What is shown, with the latest page in it. What was shown may end long before the page begins: only where both hold the same
 * message they are of one piece; else the page stands alone.
 */
export function joinPage(shown: Page, latest: Page): Page {
  const [first] = latest.messages;
  if (first === undefined || !shown.messages.some(({ id }) => id === first.id)) return latest;
  const messages = mergeMessages(shown.messages, latest.messages);
  return { messages, hasOlder: messages[0] === first ? latest.hasOlder : shown.hasOlder };
}
