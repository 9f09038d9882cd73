import type { Message } from './chat.ts';

/** A piece of a chat without a hole in it: messages ascend by seq and hold no id twice. */
export interface Piece {
  readonly messages: readonly Message[];
  /** Whether messages before the first one exist. */
  readonly hasOlder: boolean;
  /** Whether messages after the last one exist. */
  readonly hasNewer: boolean;
}

/** How many messages a panel holds of a chat, however long it is: enough for two screens in both directions. */
export const MAX_SHOWN = 90;

/**
 * The piece after a message was heard. One that lies outside is left out, so that no hole appears. A full piece lets go of its
 * oldest message for a reader who follows the end; for one who looks further up, it ends where it ended.
 */
export function withHeard(piece: Piece, message: Message, follows: boolean): Piece {
  const { messages, hasOlder, hasNewer } = piece;
  const index = messages.findIndex(({ id }) => id === message.id);
  if (index !== -1) return { ...piece, messages: messages.with(index, message) };
  const first = messages[0];
  const last = messages.at(-1);
  if (first !== undefined && message.seq < first.seq && hasOlder) return piece;
  if (hasNewer && (last === undefined || message.seq > last.seq)) return piece;
  const merged = mergeMessages(messages, [message]);
  if (merged.length <= MAX_SHOWN) return { ...piece, messages: merged };
  return follows ? { messages: merged.slice(-MAX_SHOWN), hasOlder: true, hasNewer } : { ...piece, hasNewer: true };
}

/** The piece with the page before it; what is then too much goes at the end. */
export function withOlder(piece: Piece, page: Pick<Piece, 'messages' | 'hasOlder'>): Piece {
  const messages = mergeMessages(piece.messages, page.messages);
  const isTooMuch = messages.length > MAX_SHOWN;
  return { messages: messages.slice(0, MAX_SHOWN), hasOlder: page.hasOlder, hasNewer: piece.hasNewer || isTooMuch };
}

/** The piece with the page after it; what is then too much goes at the beginning. */
export function withNewer(piece: Piece, page: Pick<Piece, 'messages' | 'hasNewer'>): Piece {
  const messages = mergeMessages(piece.messages, page.messages);
  const isTooMuch = messages.length > MAX_SHOWN;
  return { messages: messages.slice(-MAX_SHOWN), hasOlder: piece.hasOlder || isTooMuch, hasNewer: page.hasNewer };
}

/**
 * What is shown, with the latest page in it. What was shown may end long before the page begins: only where both hold the same
 * message they are of one piece; else the page stands alone.
 */
export function joinLatest(shown: Piece, latest: Piece): Piece {
  const [first] = latest.messages;
  if (first === undefined || !shown.messages.some(({ id }) => id === first.id)) return latest;
  const messages = mergeMessages(shown.messages, latest.messages);
  const hasOlder = messages[0] === first ? latest.hasOlder : shown.hasOlder;
  return { messages: messages.slice(-MAX_SHOWN), hasOlder: hasOlder || messages.length > MAX_SHOWN, hasNewer: false };
}

/** Both lists in one, ascending by seq, each id once; of two with the same id the one from `incoming` stays. */
export function mergeMessages(present: readonly Message[], incoming: readonly Message[]): readonly Message[] {
  const last = present.at(-1);
  const first = incoming[0];
  if (incoming.length === 1 && first !== undefined && (last === undefined || first.seq > last.seq))
    return [...present, first];
  const byId = new Map(present.map((message) => [message.id, message]));
  for (const message of incoming) byId.set(message.id, message);
  return [...byId.values()].sort((a, b) => a.seq - b.seq);
}
