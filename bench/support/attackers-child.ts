/** Fifty clients that attack a backend as fast as it answers them, in a process of their own. Sends what came of it when it is told to end. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { createGroup, createPerson } from './people.ts';

export interface Target {
  readonly url: string;
  readonly publishableKey: string;
  readonly email: string;
  readonly chatId: string;
}

/** Per kind: what was tried, what was let through, and what was refused, by its code. */
export type Tally = Readonly<Record<string, Readonly<Record<string, number>>>>;

const target = JSON.parse(process.argv[2] ?? '{}') as Target;
const ended = new AbortController();
const tally: Record<string, Record<string, number>> = {};

const KINDS: Readonly<Record<string, readonly [number, () => Promise<() => Promise<string>>]>> = {
  'guessing passwords': [13, async () => guessPassword],
  'guessing invites': [13, async () => guessInvite],
  'flooding with messages': [12, openFlood],
  'flooding the websocket': [12, openSocketFlood],
};

function post(path: string, body: object): Promise<Response> {
  return fetch(`${target.url}${path}`, {
    method: 'POST',
    headers: { apikey: target.publishableKey, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: ended.signal,
  });
}

async function guessPassword(): Promise<string> {
  const response = await post('/auth/v1/token?grant_type=password', {
    email: target.email,
    password: crypto.randomUUID(),
  });
  await response.arrayBuffer();
  return String(response.status);
}

async function guessInvite(): Promise<string> {
  const token = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64url');
  const response = await post('/functions/v1/invite', { action: 'preview', token });
  await response.arrayBuffer();
  return String(response.status);
}

/** Somebody who writes into a chat of their own, and tries to write into the one that is attacked. */
async function openFlood(): Promise<() => Promise<string>> {
  const person = await createPerson(target, 'Flood');
  const own = await createGroup(person, 'Flood');
  let turn = 0;
  return async () => {
    turn += 1;
    const chat_id = turn % 2 === 0 ? own.chatId : target.chatId;
    const row = { id: crypto.randomUUID(), chat_id, body: 'flood '.repeat(200) };
    const { error } = await person.client.from('messages').insert(row).abortSignal(ended.signal);
    return error === null ? 'written' : error.code || 'no answer';
  };
}

/** Frames without waiting for answers: joins of the attacked topic, which are refused, and beats. */
async function openSocketFlood(): Promise<() => Promise<string>> {
  const address = `${target.url.replace('http', 'ws')}/realtime/v1/websocket?apikey=${target.publishableKey}&vsn=1.0.0`;
  let socket = new WebSocket(address);
  await once(socket, 'open');
  return async () => {
    if (socket.readyState !== WebSocket.OPEN) {
      socket = new WebSocket(address);
      socket.on('error', () => {});
      await once(socket, 'open', { signal: ended.signal });
    }
    const answer = once(socket, 'message', { signal: ended.signal });
    for (let frame = 0; frame < 20; frame++) {
      const topic = `realtime:chat:${target.chatId}:1`;
      const join = {
        topic,
        event: 'phx_join',
        ref: String(frame),
        join_ref: String(frame),
        payload: { config: { private: true } },
      };
      socket.send(
        JSON.stringify(frame % 2 === 0 ? join : { topic: 'phoenix', event: 'heartbeat', payload: {}, ref: '1' }),
      );
    }
    await answer;
    return '20 frames';
  };
}

async function attack(kind: string, open: () => Promise<() => Promise<string>>): Promise<void> {
  const strike = await open();
  tally[kind] ??= {};
  const counts = tally[kind];
  ready += 1;
  await started.promise;
  while (!ended.signal.aborted) {
    const outcome = await strike().catch(() => 'no answer');
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
}

let ready = 0;
const started = Promise.withResolvers<void>();
const all = Object.entries(KINDS).flatMap(([kind, [clients, open]]) =>
  Array.from({ length: clients }, () => attack(kind, open)),
);
const waiting = setInterval(() => {
  if (ready < all.length) return;
  clearInterval(waiting);
  process.send?.('ready');
}, 50);
process.on('message', (word) => {
  if (word === 'start') started.resolve();
  if (word !== 'end') return;
  ended.abort();
  process.send?.(tally, () => process.exit(0));
});
process.on('disconnect', () => process.exit(0));
