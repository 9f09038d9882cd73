import { limits } from './limits.ts';

/** A broadcast on its way to receivers. The payload is passed on byte for byte; when `json`, it is known to be valid JSON. */
export interface Broadcast {
  readonly event: string;
  readonly encoding: 'json' | 'binary';
  readonly payload: Buffer;
  readonly meta?: BroadcastMeta;
}

/** `id` names a row of `realtime.messages`, or whatever the sender of a REST batch chose: it proves nothing. */
export interface BroadcastMeta {
  readonly id: string;
  readonly replayed?: true;
}

/** Whether every protocol version can carry it: names fit a length byte, and the payload is within the limit. */
export function isCarriable({ event, payload, meta }: Broadcast): boolean {
  return (
    Buffer.byteLength(event) <= limits.nameBytes &&
    (meta === undefined || Buffer.byteLength(JSON.stringify(meta)) <= limits.nameBytes) &&
    payload.length <= limits.payloadBytes
  );
}
