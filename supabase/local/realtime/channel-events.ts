import type { Extension } from './authorise.ts';
import type { Broadcast } from './broadcast.ts';
import { isKey } from './callers.ts';
import type { Channel } from './channel.ts';
import type { Desk, Visit } from './desk.ts';
import { isRecord } from './frames.ts';
import { identify } from './join.ts';
import { limits } from './limits.ts';
import { Refusal } from './refusal.ts';

/** Passes a client's broadcast on. One that the policies forbid is dropped without an answer, as on hosted projects. */
export async function handleBroadcast(
  desk: Desk,
  channel: Channel,
  ref: string | null,
  broadcast: Broadcast,
): Promise<void> {
  const allowed = await mayWrite(desk, channel, 'broadcast').catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    desk.log(`realtime: a broadcast was dropped (${error.reason})`);
    return false;
  });
  if (!allowed) return;
  const { ack, self } = channel.settings.config.broadcast;
  const carried = desk.topics.deliver(channel.topic.name, broadcast, self ? undefined : channel);
  if (ack) channel.reply(ref, carried ? 'ok' : 'error', carried ? {} : { reason: 'payload_size_exceeded' });
}

/** Shows, changes or hides what a channel tells about itself to those who may read presence on its topic. */
export async function handlePresence(
  desk: Desk,
  channel: Channel,
  ref: string | null,
  payload: unknown,
): Promise<void> {
  try {
    await changePresence(desk, channel, payload);
    channel.reply(ref, 'ok', {});
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    channel.reply(ref, 'error', { reason: error.reason });
  }
}

async function changePresence(desk: Desk, channel: Channel, payload: unknown): Promise<void> {
  const { presence, publishPresence } = channel.topic;
  const event = isRecord(payload) && typeof payload.event === 'string' ? payload.event.toLowerCase() : undefined;
  if (event === 'untrack') {
    const diff = presence.untrack(channel);
    if (diff) publishPresence(diff);
    return;
  }
  const fields = isRecord(payload) ? (payload.payload ?? {}) : undefined;
  if (event !== 'track' || !isRecord(fields)) {
    throw new Refusal('InvalidPresencePayload', 'Presence track payload must be a map');
  }
  if (Buffer.byteLength(JSON.stringify(fields)) > limits.payloadBytes) {
    throw new Refusal('InvalidPresencePayload', 'Track message size exceeded');
  }
  if (!(await mayWrite(desk, channel, 'presence'))) {
    throw new Refusal(
      'Unauthorized',
      `You do not have permissions to track on this Channel topic: ${channel.topic.name}`,
    );
  }
  publishPresence(presence.track(channel, channel.presenceKey, fields));
}

/** A different token is a different identity: all is asked again, and a channel that may no longer read is closed. The same one, or a key, changes nothing. */
export async function handleAccessToken(desk: Desk, visit: Visit, channel: Channel, payload: unknown): Promise<void> {
  const token = isRecord(payload) ? payload.access_token : undefined;
  if (typeof token !== 'string' || isKey(token) || token === channel.identity.credential) return;
  const { name } = channel.topic;
  try {
    const before = channel.identity.permissions.read;
    const identity = await identify(desk, visit, name, channel.settings, token);
    if (before.isSubsetOf(identity.permissions.read)) channel.identity = identity;
    else channel.close(`You no longer have permission to read from this Channel topic: ${name}`);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    channel.close(error.message);
  }
}

/** Asked once per identity and kept, as on hosted projects. */
async function mayWrite({ authoriser }: Desk, channel: Channel, extension: Extension): Promise<boolean> {
  const { identity } = channel;
  const known = identity.permissions.write[extension];
  if (known !== undefined) return known;
  const allowed = await authoriser.writable(identity.caller, channel.topic.name, extension);
  const { read, write } = identity.permissions;
  identity.permissions = { read, write: { ...write, [extension]: allowed } };
  return allowed;
}
