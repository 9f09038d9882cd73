import { randomUUID } from 'node:crypto';
import type { Extension } from './authorise.ts';
import type { Broadcast } from './broadcast.ts';
import type { Caller } from './callers.ts';
import { tokenExpired } from './claims.ts';
import { encodeBroadcast, type Outgoing, type Packet, type Version } from './frames.ts';
import type { JoinSettings } from './join-settings.ts';
import type { Encoded, Listener, Topic, Topics } from './topics.ts';

const LONGEST_TIMER = 2 ** 31 - 1;

/** The connection, as its channels use it. */
export interface Line {
  readonly version: Version;
  send(packet: Packet): void;
  sendFrame(frame: Outgoing): void;
}

/** What a person may do on a topic. Reading is asked at the join; sending when first tried, and is undefined until then. */
export interface Permissions {
  readonly read: ReadonlySet<Extension>;
  readonly write: Partial<Record<Extension, boolean>>;
}

export interface Identity {
  /** The credential as the client gave it, to tell a new one from the same again. */
  readonly credential: string;
  readonly caller: Caller;
  permissions: Permissions;
}

/** One topic, joined over one connection. It hears live broadcasts once `open` has been called, and then those it held. */
export interface Channel extends Listener {
  readonly topic: Topic;
  readonly joinRef: string | null;
  readonly settings: JoinSettings;
  readonly presenceKey: string;
  /** Who is joined. Setting it anew restarts the clock of the token's expiry. */
  identity: Identity;
  reply(ref: string | null, status: 'ok' | 'error', response: unknown): void;
  push(event: string, payload: unknown): void;
  system(status: 'ok' | 'error', message: string): void;
  open(replayed: readonly Broadcast[]): void;
  /** Leaves the topic and tells the client that this is final. `message` says why, when it is not the client's wish. */
  close(message?: string): void;
  /** Leaves the topic without a word, because the connection is gone. Aborts `signal`. */
  end(): void;
  readonly signal: AbortSignal;
}

export interface ChannelOptions {
  readonly name: string;
  readonly joinRef: string | null;
  readonly settings: JoinSettings;
  readonly identity: Identity;
  readonly line: Line;
  readonly topics: Topics;
  /** Called once, however it ended. */
  readonly onEnd: (channel: Channel) => void;
}

export function createChannel({ name, joinRef, settings, identity, line, topics, onEnd }: ChannelOptions): Channel {
  const ended = new AbortController();
  const replayedIds = new Set<string>();
  let held: [Broadcast, Encoded][] | null = [];
  let present = identity;
  let expiry: NodeJS.Timeout | undefined;

  const channel: Channel = {
    joinRef,
    settings,
    presenceKey: settings.config.presence.key || randomUUID(),
    signal: ended.signal,
    get topic() {
      return topic;
    },
    get identity() {
      return present;
    },
    set identity(next) {
      present = next;
      watchExpiry();
    },
    reply(ref, status, response) {
      line.sendFrame({ joinRef, ref, topic: topic.wire, event: 'phx_reply', payload: { status, response } });
    },
    push(event, payload) {
      line.sendFrame({ joinRef, ref: null, topic: topic.wire, event, payload });
    },
    system(status, message) {
      channel.push('system', { extension: 'system', status, message, channel: name });
    },
    open(replayed) {
      for (const broadcast of replayed) {
        if (broadcast.meta) replayedIds.add(broadcast.meta.id);
        send(encodeBroadcast(line.version, topic.wire, broadcast));
      }
      const waiting = held ?? [];
      held = null;
      for (const [broadcast, encoded] of waiting) channel.receiveBroadcast(broadcast, encoded);
    },
    receiveBroadcast(broadcast, encoded) {
      if (!present.permissions.read.has('broadcast')) return;
      if (held) held.push([broadcast, encoded]);
      else if (!broadcast.meta || !replayedIds.has(broadcast.meta.id)) send(encoded(line.version));
    },
    receivePresence(encoded) {
      // A channel that is not open yet is given the whole state when it is.
      if (!held && present.permissions.read.has('presence')) send(encoded(line.version));
    },
    close(message) {
      if (ended.signal.aborted) return;
      if (message !== undefined) channel.system('error', message);
      channel.end();
      // Clients believe a phx_close only when its ref is that of their join.
      line.sendFrame({ joinRef, ref: joinRef, topic: topic.wire, event: 'phx_close', payload: {} });
    },
    end() {
      if (ended.signal.aborted) return;
      ended.abort();
      clearTimeout(expiry);
      topics.leave(name, channel);
      onEnd(channel);
    },
  };
  const topic = topics.join(name, channel);
  watchExpiry();
  return channel;

  function send(packet: Packet | null): void {
    if (packet) line.send(packet);
  }

  /** A project key has no expiry. */
  function watchExpiry(): void {
    clearTimeout(expiry);
    const { exp } = present.caller.claims;
    if (exp === undefined || ended.signal.aborted) return;
    const left = exp * 1000 - Date.now();
    if (left > LONGEST_TIMER) expiry = setTimeout(watchExpiry, LONGEST_TIMER);
    else expiry = setTimeout(() => channel.close(tokenExpired(exp).message), left);
  }
}
