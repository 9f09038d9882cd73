import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { expect, test } from 'vitest';
import { limits } from '../../supabase/local/realtime/limits.ts';
import { openWire } from '../support/realtime/wire.ts';
import { KEYS, signIn } from './support/realtime/people.ts';
import { publish, seat } from './support/realtime/seats.ts';
import { openStage } from './support/realtime/stage.ts';

const { sql, server } = await openStage();
const ana = await signIn();
const newTopic = () => `room:${randomUUID()}`;
const joinFrame = (topic: string) =>
  ['1', null, topic, 'phx_join', { config: { private: true }, access_token: ana.token }] as const;

test.for([
  ['without a key', '/realtime/v1/websocket?vsn=2.0.0', 401],
  ['with a foreign key', '/realtime/v1/websocket?apikey=sb_publishable_guess&vsn=2.0.0', 401],
  ['in an unknown version', `/realtime/v1/websocket?apikey=${KEYS.publishableKey}&vsn=3.0.0`, 400],
  ['at another address', `/realtime/v1?apikey=${KEYS.publishableKey}`, 404],
  ['at an address that is none', '//', 404],
] as const)('a websocket %s is refused', async ([, path, status]) => {
  const headers = { connection: 'upgrade', upgrade: 'websocket' };
  const answer = await new Promise<number | undefined>((resolve, reject) => {
    request(server.url, { path, headers }, (response) => resolve(response.statusCode))
      .on('error', reject)
      .end();
  });
  expect(answer).toBe(status);
});

test('a connection holds a hundred channels; one more is refused, and leaving one makes room', async () => {
  const topics = Array.from({ length: limits.channelsPerConnection + 1 }, newTopic);
  for (const topic of topics) await seat(sql, topic, [ana]);
  const wire = await openWire(server);
  const answers = await Promise.all(topics.map((topic) => wire.join(topic, ana.token)));
  expect(answers.filter(({ status }) => status === 'ok')).toHaveLength(limits.channelsPerConnection);
  expect(answers.at(-1)?.response.reason).toContain('Too many channels');
  expect(await wire.ask(['1', null, `realtime:${topics[0]}`, 'phx_leave', {}])).toMatchObject({ status: 'ok' });
  expect(await wire.join(String(topics.at(-1)), ana.token)).toMatchObject({ status: 'ok' });
});

test('a connection that joins without end is closed', async () => {
  const wire = await openWire(server);
  for (let asked = 0; asked <= limits.joinsPerSecond; asked += 1) wire.send(['1', '1', 'no topic', 'phx_join', {}]);
  expect(await wire.closed).toEqual({ code: 1008 });
});

test.for([
  ['no frame', '{', 1002],
  ['a frame larger than any', 'x'.repeat(limits.frameBytes + 1), 1009],
  ['binary of an unknown kind', Buffer.from([9, 9, 9]), 1002],
] as const)('a connection that sends %s is closed', async ([, frame, code]) => {
  const wire = await openWire(server);
  wire.send(frame);
  expect(await wire.closed).toEqual({ code });
});

test('joining a topic again closes the first join, and leaving ends the second', async () => {
  const topic = newTopic();
  const wire = await openWire(server);
  await seat(sql, topic, [ana]);
  const join = (ref: string) => wire.ask([ref, null, `realtime:${topic}`, 'phx_join', joinFrame(topic)[4]]);
  await join('1');
  await join('2');
  const events = () =>
    wire.received.filter((frame) => !Buffer.isBuffer(frame)).map(([joinRef, , , event]) => [joinRef, event]);
  expect(events()).toEqual([
    ['1', 'phx_reply'],
    ['1', 'phx_close'],
    ['2', 'phx_reply'],
  ]);
  await publish(sql, topic, 'once', {});
  await expect.poll(() => wire.received.filter(Buffer.isBuffer)).toHaveLength(1);
  await wire.ask(['2', null, `realtime:${topic}`, 'phx_leave', {}]);
  await wire.settle();
  expect(wire.received.at(-2)).toEqual(['2', '2', `realtime:${topic}`, 'phx_close', {}]);
});

test('a broadcast sent in one breath with its join does not overtake it', async () => {
  const topic = newTopic();
  await seat(sql, topic, [ana], ['hear', 'broadcast']);
  const wire = await openWire(server);
  const joining = wire.join(topic, ana.token, { broadcast: { ack: true } });
  const content = { type: 'broadcast', event: 'e', payload: {} };
  const sending = wire.ask(['1', null, `realtime:${topic}`, 'broadcast', content]);
  expect([(await joining).status, (await sending).status]).toEqual(['ok', 'ok']);
});

test.for([
  ['without a name', 'realtime:', 'TopicNameRequired'],
  ['outside the namespace', 'elsewhere:t', 'TopicNameRequired'],
  ['longer than a length byte counts', `realtime:${'ü'.repeat(124)}`, 'InvalidJoinPayload'],
] as const)('a topic %s is refused', async ([, topic, code]) => {
  const wire = await openWire(server);
  const { status, response } = await wire.ask(joinFrame(topic));
  expect([status, response.reason]).toEqual(['error', expect.stringContaining(code)]);
});

test('a broadcast that no frame can carry is refused, and the channel goes on', async () => {
  const topic = newTopic();
  await seat(sql, topic, [ana], ['hear', 'broadcast']);
  const wire = await openWire(server);
  await wire.join(topic, ana.token, { broadcast: { ack: true, self: true } });
  const send = (event: string, text: string) =>
    wire.ask(['1', null, `realtime:${topic}`, 'broadcast', { type: 'broadcast', event, payload: { text } }]);
  expect(await send('e'.repeat(256), '')).toMatchObject({ status: 'error' });
  expect(await send('e', 'x'.repeat(limits.payloadBytes))).toMatchObject({ status: 'error' });
  expect(await send('e', 'x')).toMatchObject({ status: 'ok' });
});

test('a receiver that does not read is cut off, and the others are not held up', async () => {
  const topic = newTopic();
  await seat(sql, topic, [ana], ['hear', 'broadcast']);
  const [deaf, keen, loud] = await Promise.all([openWire(server), openWire(server), openWire(server)]);
  for (const wire of [deaf, keen, loud]) await wire.join(topic, ana.token, { broadcast: { ack: true } });
  deaf.socket.pause();
  const content = { type: 'broadcast', event: 'large', payload: { text: 'x'.repeat(2_500_000) } };
  let sent = 0;
  while (!server.log.some((line) => line.includes('does not keep up'))) {
    await loud.ask(['1', null, `realtime:${topic}`, 'broadcast', content]);
    sent += 1;
    expect(sent).toBeLessThan(50);
  }
  await keen.settle();
  expect(keen.received.filter(Buffer.isBuffer)).toHaveLength(sent);
  deaf.socket.resume();
  expect(await deaf.closed).toEqual({ code: 1006 });
});

test('version 1 of the protocol speaks in objects', async () => {
  const topic = newTopic();
  await seat(sql, topic, [ana]);
  const wire = await openWire({ ...server, vsn: '1.0.0' });
  const [joinRef, ref, , event, payload] = joinFrame(topic);
  wire.send(JSON.stringify({ topic: `realtime:${topic}`, event, payload, ref: ref ?? '1', join_ref: joinRef }));
  await expect.poll(() => wire.received).toMatchObject([{ event: 'phx_reply', ref: '1', payload: { status: 'ok' } }]);
  await publish(sql, topic, 'hello', { a: 1 });
  await expect
    .poll(() => wire.received.slice(1))
    .toMatchObject([
      { topic: `realtime:${topic}`, event: 'broadcast', payload: { event: 'hello', payload: { a: 1 } } },
    ]);
});
