import { expect, test } from 'vitest';
import type { Extension } from '../../../supabase/local/realtime/authorise.ts';
import type { Broadcast } from '../../../supabase/local/realtime/broadcast.ts';
import { createChannel } from '../../../supabase/local/realtime/channel.ts';
import type { Outgoing, Packet, Version } from '../../../supabase/local/realtime/frames.ts';
import { parseJoin } from '../../../supabase/local/realtime/join-settings.ts';
import { createTopics } from '../../../supabase/local/realtime/topics.ts';

const stored = (id: string): Broadcast => ({
  event: 'e',
  encoding: 'json',
  payload: Buffer.from(`"${id}"`),
  meta: { id },
});

/** A channel of the topic `t` on a line that keeps what it is given. */
function join(
  topics = createTopics(),
  read: readonly Extension[] = ['broadcast', 'presence'],
  version: Version = '2.0.0',
) {
  const packets: Packet[] = [];
  const frames: Outgoing[] = [];
  const channel = createChannel({
    name: 't',
    joinRef: '1',
    settings: parseJoin({ config: { private: true } }),
    identity: {
      credential: 'c',
      caller: { claims: { role: 'authenticated' }, headers: {} },
      permissions: { read: new Set(read), write: {} },
    },
    line: { version, send: (packet) => packets.push(packet), sendFrame: (frame) => frames.push(frame) },
    topics,
    onEnd: () => {},
  });
  const payloads = () => packets.map(({ data }) => /"(\w+)"\}*$/.exec(String(data))?.[1]);
  return { topics, channel, packets, frames, payloads };
}

test('what comes while a channel joins is held, and what was replayed already is left out', () => {
  const { topics, channel, payloads } = join();
  for (const id of ['b', 'c']) topics.deliver('t', stored(id));
  expect(payloads()).toEqual([]);
  channel.open([stored('a'), stored('b')]);
  expect(payloads()).toEqual(['a', 'b', 'c']);
  topics.deliver('t', stored('b'));
  topics.deliver('t', stored('d'));
  expect(payloads()).toEqual(['a', 'b', 'c', 'd']);
});

test('receivers of one version are sent the same bytes, encoded once', () => {
  const topics = createTopics();
  const ears = (['2.0.0', '2.0.0', '1.0.0', '1.0.0'] as const).map((version) => join(topics, ['broadcast'], version));
  for (const { channel } of ears) channel.open([]);
  topics.deliver('t', stored('x'));
  const [first, second, third, fourth] = ears.map(({ packets }) => packets[0]?.data);
  expect(first).toBeDefined();
  expect(second).toBe(first);
  expect(fourth).toBe(third);
  expect(third).not.toEqual(first);
});

test('a channel hears only what it may: presence without broadcasts, or broadcasts without presence', () => {
  const topics = createTopics();
  const [watching, hearing] = [join(topics, ['presence']), join(topics, ['broadcast'])];
  for (const { channel } of [watching, hearing]) channel.open([]);
  topics.deliver('t', stored('x'));
  const { topic } = hearing.channel;
  topic.publishPresence(topic.presence.track(hearing.channel, 'k', {}));
  expect(hearing.payloads()).toEqual(['x']);
  expect(watching.packets.map(({ data }) => JSON.parse(String(data))[3])).toEqual(['presence_diff']);
});

test('a closed channel has left: it hears nothing, is shown no more, and is closed once', () => {
  const topics = createTopics();
  const [leaving, staying] = [join(topics), join(topics)];
  for (const { channel } of [leaving, staying]) channel.open([]);
  leaving.channel.topic.presence.track(leaving.channel, 'k', {});
  for (const message of ['it is over', 'again']) leaving.channel.close(message);
  topics.deliver('t', stored('x'));
  expect(leaving.packets).toEqual([]);
  expect(leaving.frames.map(({ event, ref, payload }) => [event, ref, payload])).toEqual([
    ['system', null, { extension: 'system', status: 'error', message: 'it is over', channel: 't' }],
    ['phx_close', '1', {}],
  ]);
  expect(leaving.channel.signal.aborted).toBe(true);
  expect(staying.channel.topic.presence.state()).toEqual({});
  expect(staying.packets).toHaveLength(2);
});

test('what no frame can carry is given to nobody', () => {
  const { topics, channel, packets } = join();
  channel.open([]);
  expect(topics.deliver('t', { ...stored('x'), event: 'e'.repeat(256) })).toBe(false);
  expect(topics.deliver('t', stored('x'.repeat(250)))).toBe(false);
  expect(packets).toEqual([]);
});
