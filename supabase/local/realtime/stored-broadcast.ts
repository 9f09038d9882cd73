import type { Broadcast } from './broadcast.ts';
import type { InsertedRow } from './pgoutput.ts';

/** A broadcast that the database sent by writing a row of `realtime.messages`. */
export interface StoredBroadcast {
  readonly topic: string;
  readonly private: boolean;
  readonly broadcast: Broadcast;
}

/** Null for a row that is nothing to deliver: another extension, or no event or content. */
export function toStoredBroadcast(row: InsertedRow): StoredBroadcast | null {
  const text = (column: string) => row.get(column)?.toString() ?? null;
  const [id, topic, event] = [text('id'), text('topic'), text('event')];
  const content = readContent(row);
  if (id === null || topic === null || event === null || content === null) return null;
  if (text('extension') !== 'broadcast') return null;
  return { topic, private: text('private') === 't', broadcast: { event, ...content, meta: { id } } };
}

function readContent(row: InsertedRow): Pick<Broadcast, 'encoding' | 'payload'> | null {
  const binary = row.get('binary_payload');
  // bytea is written as \x and hexadecimal digits.
  if (binary) return { encoding: 'binary', payload: Buffer.from(binary.toString('latin1', 2), 'hex') };
  const json = row.get('payload');
  // A copy, because a receiver that is still joining holds it longer than the driver keeps its buffer.
  return json ? { encoding: 'json', payload: Buffer.from(json) } : null;
}
