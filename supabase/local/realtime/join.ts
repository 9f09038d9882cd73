import { setTimeout as delay } from 'node:timers/promises';
import { isKey } from './callers.ts';
import { type Channel, createChannel, type Identity, type Line } from './channel.ts';
import type { Desk, Visit } from './desk.ts';
import type { Address } from './frames.ts';
import { type JoinSettings, parseJoin } from './join-settings.ts';
import { limits } from './limits.ts';
import { Refusal } from './refusal.ts';
import { readReplay } from './replay.ts';
import { WIRE_PREFIX } from './topics.ts';
import type { WalReader } from './wal.ts';

export interface JoinRequest extends Address {
  readonly payload: unknown;
}

/**
 * Joins a private topic that the policies let the caller read: answers, then sends what the join asked for (replay, presence
 * state, notice of replication), then whatever came meanwhile. Throws a Refusal, and then nothing was joined or sent.
 */
export async function join(
  desk: Desk,
  visit: Visit,
  line: Line,
  request: JoinRequest,
  onEnd: (channel: Channel) => void,
): Promise<Channel> {
  const name = toName(request.topic);
  const settings = parseJoin(request.payload);
  const token = settings.access_token;
  const identity = await identify(desk, visit, name, settings, token && !isKey(token) ? token : visit.key);
  const channel = createChannel({
    name,
    joinRef: request.joinRef,
    settings,
    identity,
    line,
    topics: desk.topics,
    onEnd,
  });
  try {
    const { replay } = settings.config.broadcast;
    const replayed = replay ? await readReplay(desk.pool, name, replay) : [];
    channel.reply(request.ref, 'ok', { postgres_changes: [] });
    channel.open(replayed);
  } catch (error) {
    channel.end();
    throw error;
  }
  if (identity.permissions.read.has('presence')) channel.push('presence_state', channel.topic.presence.state());
  if (settings.config.broadcast.replication_ready) void announceReplication(channel, desk.wal);
  return channel;
}

/** Who the credential is for, and what the policies let them read on the topic. Throws a Refusal when that is nothing. */
export async function identify(
  { callers, authoriser }: Desk,
  { headers }: Visit,
  name: string,
  { config }: JoinSettings,
  credential: string,
): Promise<Identity> {
  const caller = { claims: await callers.ofCredential(credential), headers };
  const read = await authoriser.readable(
    caller,
    name,
    config.presence.enabled ? ['broadcast', 'presence'] : ['broadcast'],
  );
  if (read.size === 0) {
    throw new Refusal('Unauthorized', `You do not have permissions to read from this Channel topic: ${name}`);
  }
  return { credential, caller, permissions: { read, write: {} } };
}

function toName(wire: string): string {
  if (!wire.startsWith(WIRE_PREFIX) || wire === WIRE_PREFIX) {
    throw new Refusal('TopicNameRequired', 'You must provide a topic name');
  }
  if (Buffer.byteLength(wire) > limits.nameBytes) throw new Refusal('InvalidJoinPayload', 'The topic name is too long');
  return wire.slice(WIRE_PREFIX.length);
}

async function announceReplication(channel: Channel, wal: WalReader): Promise<void> {
  const late = delay(limits.replicationReady, true, { signal: channel.signal }).catch(() => false);
  const isLate = await Promise.race([wal.ready().then(() => false), late]);
  if (channel.signal.aborted) return;
  if (isLate) channel.close('Replication connection was not established in time');
  else channel.system('ok', 'Replication connection established');
}
