import type { Broadcast } from './broadcast.ts';
import { isCarriable } from './broadcast.ts';
import { encodeBroadcast, encodeFrame, type Packet, type Version } from './frames.ts';
import { createPresence, type Presence, type PresenceDiff } from './presence.ts';

/** The same bytes for every receiver of a version: made when the first one needs them. Null: that version cannot carry it. */
export type Encoded = (version: Version) => Packet | null;

/** A joined channel, as its topic sees it. */
export interface Listener {
  receiveBroadcast(broadcast: Broadcast, encoded: Encoded): void;
  receivePresence(encoded: Encoded): void;
}

export interface Topic {
  readonly name: string;
  /** The name on the wire. */
  readonly wire: string;
  readonly presence: Presence<Listener>;
  publishPresence(diff: PresenceDiff): void;
}

export interface Topics {
  join(name: string, listener: Listener): Topic;
  /** The listener hears nothing more, and is shown no more; does nothing when it has left already. */
  leave(name: string, listener: Listener): void;
  /** Gives it to everybody on the topic but one. False when no protocol version could carry it: then nobody got it. */
  deliver(name: string, broadcast: Broadcast, except?: Listener): boolean;
}

export const WIRE_PREFIX = 'realtime:';

export function createTopics(): Topics {
  const rooms = new Map<string, Topic & { listeners: Set<Listener> }>();
  return {
    join(name, listener) {
      const room = rooms.get(name) ?? createRoom(name);
      rooms.set(name, room);
      room.listeners.add(listener);
      return room;
    },
    leave(name, listener) {
      const room = rooms.get(name);
      if (!room?.listeners.delete(listener)) return;
      const diff = room.presence.untrack(listener);
      if (diff) room.publishPresence(diff);
      if (room.listeners.size === 0) rooms.delete(name);
    },
    deliver(name, broadcast, except) {
      if (!isCarriable(broadcast)) return false;
      const room = rooms.get(name);
      if (!room) return true;
      const encoded = once((version) => encodeBroadcast(version, room.wire, broadcast));
      for (const listener of room.listeners) {
        if (listener !== except) listener.receiveBroadcast(broadcast, encoded);
      }
      return true;
    },
  };
}

function createRoom(name: string) {
  const wire = `${WIRE_PREFIX}${name}`;
  const listeners = new Set<Listener>();
  return {
    name,
    wire,
    listeners,
    presence: createPresence<Listener>(),
    publishPresence(diff: PresenceDiff) {
      const frame = { joinRef: null, ref: null, topic: wire, event: 'presence_diff', payload: diff };
      const encoded = once((version) => encodeFrame(version, frame));
      for (const listener of listeners) listener.receivePresence(encoded);
    },
  };
}

function once(encode: Encoded): Encoded {
  const made = new Map<Version, Packet | null>();
  return (version) => {
    if (!made.has(version)) made.set(version, encode(version));
    return made.get(version) ?? null;
  };
}
