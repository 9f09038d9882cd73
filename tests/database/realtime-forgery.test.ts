import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { hear } from '../support/realtime/channels.ts';
import { openWire } from '../support/realtime/wire.ts';
import { connect } from './support/realtime/client.ts';
import { KEYS, sign, signIn } from './support/realtime/people.ts';
import { publish, seat, unseat } from './support/realtime/seats.ts';
import { openStage } from './support/realtime/stage.ts';

const { sql, server } = await openStage();
const ana = await signIn();
const ben = await signIn();
const newTopic = () => `room:${randomUUID()}`;

function post(
  path: string,
  token: string | null,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${server.url}/realtime/v1/api/broadcast${path}`, {
    method: 'POST',
    headers: {
      apikey: KEYS.publishableKey,
      'content-type': 'application/json',
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

test('[MEM4] after a change of epoch the removed person’s open socket gets not one byte more', async () => {
  const [before, after] = [newTopic(), newTopic()];
  await seat(sql, before, [ana, ben]);
  const [staying, removed] = await Promise.all([openWire(server), openWire(server)]);
  await staying.join(before, ana.token);
  await removed.join(before, ben.token);
  await publish(sql, before, 'both hear this', {});
  await expect.poll(() => removed.received.filter(Buffer.isBuffer)).toHaveLength(1);

  await sql.begin(async (tx) => {
    await tx`update stage.seats set topic = ${after} where topic = ${before} and person = ${ana.id}`;
    await tx`delete from stage.seats where person = ${ben.id}`;
  });
  await staying.join(after, ana.token);
  expect(await removed.join(after, ben.token)).toMatchObject({ status: 'error' });

  const quiet = await removed.countBytes(() => removed.settle());
  const busy = await removed.countBytes(async () => {
    for (let n = 0; n < 20; n += 1) await publish(sql, after, 'only those who stay', { n });
    await expect.poll(() => staying.received.filter(Buffer.isBuffer)).toHaveLength(21);
    expect(await removed.settle()).toEqual([]);
  });
  expect(busy, 'the answer to one heartbeat, and no more').toBe(quiet);
});

test('a forged broadcast is dropped: nobody hears it and it is not acknowledged', async () => {
  const topic = newTopic();
  await seat(sql, topic, [ana, ben]);
  const { heard } = await hear(await connect(server, ana), topic);
  const forger = await openWire(server);
  await forger.join(topic, ben.token, { broadcast: { ack: true } });
  const content = { type: 'broadcast', event: 'change', payload: { forged: true } };
  forger.send(['1', '2', `realtime:${topic}`, 'broadcast', content]);
  expect(await forger.settle()).toEqual([]);
  await publish(sql, topic, 'change', { forged: false });
  await expect.poll(() => heard.map(({ payload }) => payload.forged)).toEqual([false]);
});

test('a broadcast to a topic that was not joined goes nowhere', async () => {
  const topic = newTopic();
  await seat(sql, topic, [ana, ben], ['hear', 'broadcast']);
  const { heard } = await hear(await connect(server, ana), topic);
  const wire = await openWire(server);
  const content = { type: 'broadcast', event: 'change', payload: {} };
  expect(await wire.ask([null, null, `realtime:${topic}`, 'broadcast', content])).toMatchObject({ status: 'error' });
  await publish(sql, topic, 'real', {});
  await expect.poll(() => heard.map(({ event }) => event)).toEqual(['real']);
});

test('REST refuses a forged broadcast, one by one and in a batch', async () => {
  const topic = newTopic();
  await seat(sql, topic, [ana, ben]);
  const { heard } = await hear(await connect(server, ana), topic);
  const forger = (await connect(server, ben)).channel(topic, { config: { private: true } });
  await expect(forger.httpSend('change', { forged: true })).rejects.toThrow('Unauthorized');
  const forged = { topic, event: 'change', payload: { forged: true }, private: true, id: randomUUID() };
  expect((await post('', ben.token, { messages: [forged] })).status).toBe(202);
  await publish(sql, topic, 'change', { forged: false });
  await expect.poll(() => heard.map(({ payload }) => payload.forged)).toEqual([false]);
});

test('REST delivers for those who may broadcast, and for the service', async () => {
  const topic = newTopic();
  await seat(sql, topic, [ana]);
  await seat(sql, topic, [ben], ['hear', 'broadcast']);
  const { heard } = await hear(await connect(server, ana), topic);
  const channel = (await connect(server, ben)).channel(topic, { config: { private: true } });
  expect(await channel.httpSend('one', { n: 1 })).toEqual({ success: true });
  const message = { topic, event: 'two', payload: { n: 2 }, private: true };
  expect((await post('', null, { messages: [message] }, { apikey: KEYS.secretKey })).status).toBe(202);
  await expect
    .poll(() => heard.map(({ event, payload }) => [event, payload.n]))
    .toEqual([
      ['one', 1],
      ['two', 2],
    ]);
});

test.for([
  ['a public message', () => post('/t/events/e', ana.token, {}), 403],
  [
    'a batch with a public message',
    () => post('', ana.token, { messages: [{ topic: 't', event: 'e', payload: {} }] }),
    403,
  ],
  ['no key', () => post('/t/events/e?private=true', null, {}, { apikey: '' }), 401],
  ['a foreign key', () => post('/t/events/e?private=true', null, {}, { apikey: 'sb_secret_guess' }), 401],
  ['a token that is none', () => post('/t/events/e?private=true', 'abc', {}), 401],
  ['a body that is no JSON', () => post('/t/events/e?private=true', ana.token, '{'), 422],
  ['a batch that is none', () => post('', ana.token, { messages: [{}] }), 422],
  ['a damaged address', () => post('/%E0%A4%A/events/e?private=true', ana.token, {}), 400],
  ['a body without end', () => post('', ana.token, 'x'.repeat(5_000_001)), 413],
  ['another path', () => post('s', ana.token, {}), 404],
] as const)('REST answers %s with a sentence', async ([, ask, status]) => {
  const response = await ask();
  expect(response.status).toBe(status);
  expect(await response.json()).toEqual({ error: expect.stringMatching(/\w+ \w+/) });
});

test('a token of a role outside the API opens nothing', async () => {
  const topic = newTopic();
  const wire = await openWire(server);
  const { status, response } = await wire.join(topic, await sign({ role: 'supabase_admin', sub: ana.id }, 60));
  expect([status, response.reason]).toEqual(['error', expect.stringContaining('InvalidJWTToken')]);
});

test('without a token one is nobody, and with the secret key the service', async () => {
  const topic = newTopic();
  const nobody = await openWire(server);
  expect(await nobody.join(topic, KEYS.publishableKey)).toMatchObject({ status: 'error' });
  const service = await openWire({ ...server, key: KEYS.secretKey });
  expect(await service.join(topic, KEYS.secretKey)).toMatchObject({ status: 'ok' });
});

test('nothing that was sent, and no token, is in the log', async () => {
  const topic = newTopic();
  await seat(sql, topic, [ana], ['hear', 'broadcast', 'presence']);
  const wire = await openWire(server);
  await wire.join(topic, ana.token);
  await unseat(sql, topic, ana);
  wire.send('{ "secret": "words" ');
  await wire.closed;
  await post('/t/events/e?private=true', ana.token, '{ "secret": "words" ');
  const written = server.log.join('\n');
  for (const secret of ['words', ana.token, ben.token, KEYS.secretKey]) expect(written).not.toContain(secret);
});
