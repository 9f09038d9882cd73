import { decodeBinaryPush, encodeBinaryBroadcast } from './binary-frames.ts';
import type { Broadcast } from './broadcast.ts';

/** Protocol versions: 1.0.0 speaks JSON objects, 2.0.0 JSON arrays and binary broadcasts. */
export type Version = '1.0.0' | '2.0.0';

export interface Address {
  readonly joinRef: string | null;
  readonly ref: string | null;
  /** As on the wire, with the `realtime:` prefix. */
  readonly topic: string;
}

export type Incoming =
  | (Address & { readonly kind: 'message'; readonly event: string; readonly payload: unknown })
  | (Address & { readonly kind: 'broadcast'; readonly broadcast: Broadcast });

export interface Outgoing extends Address {
  readonly event: string;
  readonly payload: unknown;
}

/** What goes into one websocket message. */
export interface Packet {
  readonly data: Buffer;
  readonly binary: boolean;
}

/** Bytes that are no frame of the protocol. */
export class BadFrame extends Error {
  constructor() {
    super('malformed frame');
    this.name = 'BadFrame';
  }
}

export function decodeFrame(version: Version, data: Buffer, binary: boolean): Incoming {
  if (binary) {
    const push = version === '2.0.0' ? decodeBinaryPush(data) : null;
    if (push === null) throw new BadFrame();
    if (push.broadcast.encoding === 'json') parseJson(push.broadcast.payload.toString());
    return { kind: 'broadcast', ...push };
  }
  const { event, payload, ...address } = decodeText(version, parseJson(data.toString()));
  if (event !== 'broadcast') return { kind: 'message', ...address, event, payload };
  return { kind: 'broadcast', ...address, broadcast: textBroadcast(payload) };
}

export function encodeFrame(version: Version, { joinRef, ref, topic, event, payload }: Outgoing): Packet {
  const frame =
    version === '2.0.0' ? [joinRef, ref, topic, event, payload] : { topic, event, payload, ref, join_ref: joinRef };
  return { data: Buffer.from(JSON.stringify(frame)), binary: false };
}

/** Null when the version cannot carry it: 1.0.0 has no binary payloads. */
export function encodeBroadcast(version: Version, topic: string, broadcast: Broadcast): Packet | null {
  if (version === '2.0.0') return { data: encodeBinaryBroadcast(topic, broadcast), binary: true };
  if (broadcast.encoding === 'binary') return null;
  const meta = broadcast.meta ? `,"meta":${JSON.stringify(broadcast.meta)}` : '';
  const head = `{"topic":${JSON.stringify(topic)},"event":"broadcast","ref":null,"join_ref":null,"payload":`;
  const body = `{"type":"broadcast","event":${JSON.stringify(broadcast.event)}${meta},"payload":`;
  return { data: Buffer.concat([Buffer.from(head + body), broadcast.payload, Buffer.from('}}')]), binary: false };
}

function decodeText(version: Version, frame: unknown): Address & { event: string; payload: unknown } {
  const fields = version === '2.0.0' ? arrayFields(frame) : objectFields(frame);
  const [joinRef, ref, topic, event, payload] = fields;
  if (typeof topic !== 'string' || typeof event !== 'string') throw new BadFrame();
  return { joinRef: toRef(joinRef), ref: toRef(ref), topic, event, payload };
}

function arrayFields(frame: unknown): unknown[] {
  if (!Array.isArray(frame) || frame.length !== 5) throw new BadFrame();
  return frame;
}

function objectFields(frame: unknown): unknown[] {
  if (!isRecord(frame)) throw new BadFrame();
  return [frame.join_ref, frame.ref, frame.topic, frame.event, frame.payload];
}

/** Early clients of 1.0.0 count in numbers. */
function toRef(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new BadFrame();
}

function textBroadcast(content: unknown): Broadcast {
  if (!isRecord(content) || typeof content.event !== 'string') throw new BadFrame();
  return { event: content.event, encoding: 'json', payload: Buffer.from(JSON.stringify(content.payload ?? {})) };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadFrame();
  }
}
