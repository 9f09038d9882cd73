import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { hear, listen, subscribe } from '../support/realtime/channels.ts';
import { openWire } from '../support/realtime/wire.ts';
import { connect } from './support/realtime/client.ts';
import { signIn } from './support/realtime/people.ts';
import { publish, seat, unseat } from './support/realtime/seats.ts';
import { openStage } from './support/realtime/stage.ts';

const { sql, server } = await openStage();
const ana = await signIn();
const ben = await signIn();
const newTopic = () => `room:${randomUUID()}`;

test('a topic opens to those whom the policies let read it, and to nobody else', async () => {
  const topic = newTopic();
  await seat(sql, topic, [ana]);
  await hear(await connect(server, ana), topic);
  await expect(hear(await connect(server, ben), topic)).rejects.toThrow('do not have permissions to read');
});

test('asking the policies leaves no row behind', async () => {
  const topic = newTopic();
  await seat(sql, topic, [ana], ['hear', 'broadcast', 'presence']);
  const { channel } = await hear(await connect(server, ana), topic, { ack: true });
  expect(await channel.send({ type: 'broadcast', event: 'e', payload: {} })).toBe('ok');
  const wire = await openWire(server);
  await wire.join(topic, ben.token);
  expect(await sql`select from realtime.messages where topic = ${topic}`).toHaveLength(0);
});

test('public channels and table changes are refused', async () => {
  const client = await connect(server, ana);
  await expect(subscribe(client.channel('lobby'))).rejects.toThrow('only allows private channels');
  const changes = client.channel('changes', { config: { private: true } });
  changes.on('postgres_changes', { event: '*', schema: 'public' }, () => {});
  await expect(subscribe(changes)).rejects.toThrow('postgres_changes is not offered');
});

test('[MSG3] everybody on a topic gets what the database broadcasts, in the order of the commits', async () => {
  const topic = newTopic();
  await seat(sql, topic, [ana, ben]);
  const ears = await Promise.all([ana, ben].map(async (person) => hear(await connect(server, person), topic)));
  const numbers = Array.from({ length: 50 }, (_, number) => number);
  await sql.begin(async (first) => {
    await first`select realtime.send('{"n": 1000}', 'begun first, committed last', ${topic})`;
    for (const n of numbers) await publish(sql, topic, 'n', { n });
  });
  for (const { heard } of ears) {
    await vi.waitFor(() => expect(heard.map(({ payload }) => payload.n)).toEqual([...numbers, 1000]));
  }
});

test('what is rolled back is never heard', async () => {
  const topic = newTopic();
  await seat(sql, topic, [ana]);
  const { heard } = await hear(await connect(server, ana), topic);
  const rolledBack = sql.begin(async (tx) => {
    await tx`select realtime.send('{}', 'undone', ${topic})`;
    throw new Error('undo');
  });
  await expect(rolledBack).rejects.toThrow('undo');
  await publish(sql, topic, 'done', {});
  await vi.waitFor(() => expect(heard.map(({ event }) => event)).toEqual(['done']));
});

test('what the database broadcasts publicly is not heard on the private topic of that name', async () => {
  const topic = newTopic();
  await seat(sql, topic, [ana]);
  const { heard } = await hear(await connect(server, ana), topic);
  await sql`select realtime.send('{}', 'public', ${topic}, false)`;
  await publish(sql, topic, 'private', {});
  await vi.waitFor(() => expect(heard.map(({ event }) => event)).toEqual(['private']));
});

test('a broadcast of 200 kB arrives whole', async () => {
  const topic = newTopic();
  await seat(sql, topic, [ana]);
  const { heard } = await hear(await connect(server, ana), topic);
  const text = 'ä'.repeat(100_000);
  await publish(sql, topic, 'large', { text });
  await vi.waitFor(() => expect(heard[0]?.payload.text).toBe(text));
});

test('bytes that the database broadcasts arrive as bytes', async () => {
  const topic = newTopic();
  await seat(sql, topic, [ana]);
  const { heard } = await hear(await connect(server, ana), topic);
  await sql`
    insert into realtime.messages (topic, extension, event, private, binary_payload)
    values (${topic}, 'broadcast', 'bytes', true, ${Buffer.from([0, 255, 7])})`;
  await vi.waitFor(() => expect(heard).toHaveLength(1));
  expect([...new Uint8Array(heard[0]?.payload as unknown as ArrayBuffer)]).toEqual([0, 255, 7]);
});

test('client broadcasts reach the others, and the sender only when it asked for that', async () => {
  const topic = newTopic();
  await seat(sql, topic, [ana, ben], ['hear', 'broadcast']);
  const others = await hear(await connect(server, ben), topic, { self: true });
  const mine = await hear(await connect(server, ana), topic, { ack: true });
  expect(await mine.channel.send({ type: 'broadcast', event: 'typing', payload: { who: 'ana' } })).toBe('ok');
  await others.channel.send({ type: 'broadcast', event: 'typing', payload: { who: 'ben' } });
  await vi.waitFor(() => expect(others.heard.map(({ payload }) => payload.who)).toEqual(['ana', 'ben']));
  await vi.waitFor(() => expect(mine.heard.map(({ payload }) => payload.who)).toEqual(['ben']));
});

test('[MSG7] presence is told to those who may know, changes, and ends with the connection', async () => {
  const topic = newTopic();
  await seat(sql, topic, [ana, ben], ['hear', 'presence']);
  const watcher = (await connect(server, ana)).channel(topic, { config: { private: true } });
  const seen = () =>
    Object.values(watcher.presenceState<{ mood: string }>()).flatMap((all) => all.map(({ mood }) => mood));
  watcher.on('presence', { event: 'sync' }, () => {});
  await subscribe(watcher);

  const wire = await openWire(server);
  await wire.join(topic, ben.token);
  const track = (mood: string) =>
    wire.ask(['1', null, `realtime:${topic}`, 'presence', { type: 'presence', event: 'track', payload: { mood } }]);
  expect(await track('calm')).toMatchObject({ status: 'ok' });
  await vi.waitFor(() => expect(seen()).toEqual(['calm']));
  await track('busy');
  await vi.waitFor(() => expect(seen()).toEqual(['busy']));
  wire.socket.close();
  await vi.waitFor(() => expect(seen()).toEqual([]));
});

test('who joins later is given the state of presence', async () => {
  const topic = newTopic();
  await seat(sql, topic, [ana, ben], ['hear', 'presence']);
  const { channel } = await hear(await connect(server, ana), topic);
  await channel.track({ mood: 'early' });
  const late = (await connect(server, ben)).channel(topic, { config: { private: true } });
  late.on('presence', { event: 'sync' }, () => {});
  await subscribe(late);
  await vi.waitFor(() => expect(Object.values(late.presenceState()).flat()).toMatchObject([{ mood: 'early' }]));
  await channel.untrack();
  await vi.waitFor(() => expect(late.presenceState()).toEqual({}));
});

test('tracking needs the right to', async () => {
  const topic = newTopic();
  await seat(sql, topic, [ana]);
  const { channel } = await hear(await connect(server, ana), topic);
  expect(await channel.track({ mood: 'hopeful' })).toBe('error');
});

test('replay brings the latest of the database’s broadcasts once, oldest first', async () => {
  const topic = newTopic();
  await seat(sql, topic, [ana]);
  const since = Date.now() - 1_000;
  for (const n of [1, 2, 3]) await publish(sql, topic, 'n', { n });
  const { heard } = await hear(await connect(server, ana), topic, { replay: { since, limit: 2 } });
  await publish(sql, topic, 'n', { n: 4 });
  await vi.waitFor(() => expect(heard.map(({ payload }) => payload.n)).toEqual([2, 3, 4]));
  expect(heard.map(({ meta }) => meta?.replayed ?? false)).toEqual([true, true, false]);
});

test('a channel that asks is told when replication is ready', async () => {
  const topic = newTopic();
  await seat(sql, topic, [ana]);
  const channel = (await connect(server, ana)).channel(topic, {
    config: { private: true, broadcast: { replication_ready: true } },
  });
  const notices: unknown[] = [];
  channel.on('system', {}, (notice) => notices.push(notice));
  await subscribe(channel);
  await vi.waitFor(() =>
    expect(notices).toMatchObject([{ status: 'ok', message: expect.stringContaining('established') }]),
  );
});

test('a token that was exchanged is asked about anew: who may read goes on, who may not is put out', async () => {
  const topic = newTopic();
  await seat(sql, topic, [ana]);
  const client = await connect(server, ana);
  const channel = client.channel(topic, { config: { private: true } });
  const heard = listen(channel);
  const closed = new Promise((resolve) => channel.on('system', {}, resolve));
  await subscribe(channel);

  await client.realtime.setAuth((await signIn(3600, ana.id)).token);
  await publish(sql, topic, 'still here', {});
  await vi.waitFor(() => expect(heard).toHaveLength(1));

  await unseat(sql, topic, ana);
  await publish(sql, topic, 'unseated, and asked only with the next token', {});
  await vi.waitFor(() => expect(heard).toHaveLength(2));
  await client.realtime.setAuth((await signIn(3600, ana.id)).token);
  expect(await closed).toMatchObject({ status: 'error', message: expect.stringContaining('permission') });
  await vi.waitFor(() => expect(channel.state).toBe('closed'));
});

test('a channel is closed when its token expires, and a fresh token in time keeps it open', async () => {
  const topic = newTopic();
  await seat(sql, topic, [ana]);
  const [short, other] = await Promise.all([signIn(2, ana.id), signIn(2, ana.id)]);
  const [lapsing, renewing] = await Promise.all([openWire(server), openWire(server)]);
  await lapsing.join(topic, short.token);
  await renewing.join(topic, other.token);
  const fresh = await signIn(3600, ana.id);
  renewing.send(['1', '9', `realtime:${topic}`, 'access_token', { access_token: fresh.token }]);
  await vi.waitFor(
    () =>
      expect(lapsing.received.slice(-2)).toMatchObject([
        [
          '1',
          null,
          `realtime:${topic}`,
          'system',
          { status: 'error', message: expect.stringMatching(/^Token has exp/) },
        ],
        ['1', '1', `realtime:${topic}`, 'phx_close', {}],
      ]),
    { timeout: 5_000 },
  );
  await publish(sql, topic, 'after', {});
  await vi.waitFor(() => expect(renewing.received.at(-1)).toBeInstanceOf(Buffer));
  expect(await lapsing.settle()).toEqual([]);
});
