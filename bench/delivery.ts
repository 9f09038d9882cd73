import { once } from 'node:events';
import { WebSocket, WebSocketServer } from 'ws';
import type { Bench, BenchContext } from './support/bench.ts';
import { watchPainting, whenPainted } from './support/painting.ts';
import { type ApiPerson, createGroup, createPerson, join, listen } from './support/people.ts';
import { now, row, SUMMARY_HEAD, type Summary, summarise } from './support/samples.ts';
import { type SignedIn, signIn } from './support/signed-in.ts';

const ROUNDS = 100;
const FRAME = 1000 / 60;

/** Enter at A → text painted at B, both in Chromium, beside the floor: a bare insert through the same API plus a bare websocket hop. */
export const delivery: Bench = async (context) => {
  const lines: string[] = [SUMMARY_HEAD];
  const verdicts: string[] = [];
  for (const size of [2, 20]) {
    const { floor, painted } = await measure(context, size);
    lines.push(row(`floor, ${size} members`, floor), row(`Enter → painted, ${size} members`, painted));
    const aim = 1.5 * floor.p50 + FRAME;
    verdicts.push(
      `${size} members: ${painted.p50.toFixed(1)} ms at p50 against an aim of ${aim.toFixed(1)} ms (${((painted.p50 - FRAME) / floor.p50).toFixed(2)} × floor + one frame).`,
    );
  }
  return {
    title: 'Delivery',
    lines: [
      ...lines,
      '',
      `Aim: painted within 1.5 × floor + one frame. Seen: ${verdicts.join(' ')} Besides the floor the figure holds the way from the key through panel and worker, the worker's event to the panel, rendering and the wait for the next frame, in two browsers that share the processors with the backend.`,
    ],
  };
};

async function measure(context: BenchContext, size: number): Promise<{ floor: Summary; painted: Summary }> {
  const [ana, ben] = [await createPerson(context, 'Ana'), await createPerson(context, 'Ben')];
  const { chatId, token } = await createGroup(ana, `Delivery ${size}`);
  await join(ben, token);
  const others: ApiPerson[] = [];
  for (let index = 2; index < size; index++) {
    const other = await createPerson(context, `Other${index}`);
    await join(other, token);
    await listen(other, chatId, () => {});
    others.push(other);
  }
  const side = await createGroup(ana, 'Floor');
  const hop = await openHop();
  const a = await signIn(context, ana);
  const b = await signIn(context, ben);
  try {
    for (const { panel } of [a, b]) await panel.frame.locator(`::-p-text(Delivery ${size})`).click();
    await a.panel.composer();
    await watchPainting(b);
    const floors: number[] = [];
    const deliveries: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      context.progress(`delivery, ${size} members, ${round}/${ROUNDS}`);
      const floor = (await insertBare(ana, side.chatId)) + (await hop.measure());
      const delivered = await deliver(a, b, `round ${round} of ${size}`);
      if (round === 0) continue;
      floors.push(floor);
      deliveries.push(delivered);
    }
    return { floor: summarise(floors), painted: summarise(deliveries) };
  } finally {
    await Promise.all([a.person.close(), b.person.close(), hop.stop()]);
    await Promise.all([ana, ben, ...others].map((person) => person.client.realtime.disconnect()));
  }
}

/** Types a text at A and waits until B has painted it. The clock starts when A's page gets the Enter key. */
async function deliver(a: SignedIn, b: SignedIn, text: string): Promise<number> {
  const composer = await a.panel.composer();
  await composer.click();
  await composer.evaluate((field) => {
    field.addEventListener(
      'keydown',
      (event) => {
        if (event.key === 'Enter')
          (globalThis as { enteredAt?: number }).enteredAt = performance.timeOrigin + event.timeStamp;
      },
      { capture: true },
    );
  });
  await a.page.keyboard.sendCharacter(text);
  await a.page.keyboard.press('Enter');
  const paintedAt = await whenPainted(b, text);
  const enteredAt = await a.panel.frame.evaluate(() => (globalThis as { enteredAt?: number }).enteredAt ?? Number.NaN);
  return paintedAt - enteredAt;
}

async function insertBare(person: ApiPerson, chatId: string): Promise<number> {
  const start = now();
  const { error } = await person.client
    .from('messages')
    .insert({ id: crypto.randomUUID(), chat_id: chatId, body: 'floor' });
  if (error !== null) throw error;
  return now() - start;
}

/** A websocket server that echoes, and the time of one way through it. */
async function openHop(): Promise<{ measure(): Promise<number>; stop(): Promise<void> }> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket) => socket.on('message', (data) => socket.send(data)));
  await once(server, 'listening');
  const address = server.address();
  const client = new WebSocket(`ws://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`);
  await once(client, 'open');
  return {
    async measure() {
      const start = now();
      client.send('hop');
      await once(client, 'message');
      return (now() - start) / 2;
    },
    async stop() {
      client.terminate();
      server.close();
    },
  };
}
