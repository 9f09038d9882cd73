import type { RawData } from 'ws';
import type { Book } from './book.ts';

/** A broadcast as it comes over a socket (protocol 2.0.0). */
export interface Broadcast {
  /** With the `realtime:` before it. */
  readonly topic: string;
  readonly event: string;
  readonly payload: unknown;
}

/** Kind of a binary frame, and the bytes before its strings. */
const BROADCAST = 4;
const HEAD = 5;

/** Null for whatever else comes over a socket. */
export function readBroadcast(data: RawData, binary: boolean): Broadcast | null {
  const bytes = Buffer.isBuffer(data) ? data : Buffer.from(data as ArrayBuffer);
  if (!binary || bytes[0] !== BROADCAST) return null;
  let end = HEAD;
  const [topic = '', event = ''] = [...bytes.subarray(1, HEAD - 1)].map((length) => {
    end += length;
    return bytes.toString('utf8', end - length, end);
  });
  return { topic, event, payload: JSON.parse(bytes.toString('utf8', end)) };
}

/** Of a chat's log. */
export interface Change {
  readonly chatId: string;
  readonly seq: number;
}

/** A change that came over somebody's socket, and when, in milliseconds since 1970. */
export interface Heard extends Change {
  readonly at: number;
}

/** Null when it tells of no change; what somebody has read has a seq as well. */
export function changeOf({ topic, event, payload }: Broadcast): Change | null {
  const [, name, chatId] = topic.split(':');
  const seq = typeof payload === 'object' && payload !== null && 'seq' in payload ? payload.seq : null;
  const isChange = name === 'chat' && (event === 'change' || event === 'hint');
  return isChange && chatId !== undefined && typeof seq === 'number' ? { chatId, seq } : null;
}

/** Nothing that happened in a chat while somebody was not in it came to them before they were back. */
export function judgeWire(heard: readonly Heard[], { chatId, absences }: Book, userId: string): string[] {
  const ofChat = heard.filter((change) => change.chatId === chatId);
  return (absences.get(userId) ?? []).flatMap(({ from, to, until }) => {
    const late = ofChat.filter(({ seq, at }) => seq >= from && seq < (to ?? Infinity) && at < (until ?? Infinity));
    return late.length === 0 ? [] : [`went at ${from}, and heard of ${late.map(({ seq }) => seq).join()}`];
  });
}
