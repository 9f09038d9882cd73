import type { Broadcast } from './broadcast.ts';

/** Kinds of binary frames in protocol 2.0.0. */
const PUSH = 3;
const BROADCAST = 4;
const JSON_ENCODING = 1;

/** Kind, five lengths, encoding. */
const PUSH_HEAD = 7;

interface BinaryPush {
  joinRef: string | null;
  ref: string | null;
  topic: string;
  broadcast: Broadcast;
}

/**
 * A client's broadcast: `3, len(join_ref), len(ref), len(topic), len(event), len(meta), encoding`, then these strings
 * and the payload. Null when the bytes are not that. The meta (wishes for storing) is not supported and ignored.
 */
export function decodeBinaryPush(data: Buffer): BinaryPush | null {
  if (data.length < PUSH_HEAD || data[0] !== PUSH) return null;
  let end = PUSH_HEAD;
  const [joinRef = '', ref = '', topic = '', event = ''] = [...data.subarray(1, 6)].map((length) => {
    end += length;
    return data.toString('utf8', end - length, end);
  });
  if (end > data.length) return null;
  const encoding = data[6] === JSON_ENCODING ? 'json' : 'binary';
  const broadcast: Broadcast = { event, encoding, payload: data.subarray(end) };
  return { joinRef: joinRef || null, ref: ref || null, topic, broadcast };
}

/** `4, len(topic), len(event), len(meta), encoding`, then topic, event, meta as JSON, payload. The caller has checked that the names fit. */
export function encodeBinaryBroadcast(topic: string, { event, encoding, payload, meta }: Broadcast): Buffer {
  const names = [topic, event, meta ? JSON.stringify(meta) : ''].map((name) => Buffer.from(name));
  const head = Buffer.from([BROADCAST, ...names.map((name) => name.length), encoding === 'json' ? JSON_ENCODING : 0]);
  return Buffer.concat([head, ...names, payload]);
}
