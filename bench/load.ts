import { setTimeout as sleep } from 'node:timers/promises';
import { makeGroup, say, join as signUp, type TestPerson } from '../tests/support/people.ts';
import { openBareSocket } from './support/bare-socket.ts';
import type { Bench, BenchContext } from './support/bench.ts';
import { connectTo } from './support/own-database.ts';
import { type ApiPerson, createPerson, join } from './support/people.ts';
import { now, row, SUMMARY_HEAD, type Summary, summarise } from './support/samples.ts';

const MEMBERS = 20;
/** Hubs share this process, and two processors with the backend: more of them would measure each other. */
const HUBS = 5;
const PER_SECOND = 5;
const SECONDS = 60;
const PATIENCE = 10_000;

/** A full group that talks without a pause: from send to heard, beside a bare broadcast on a bare websocket among the same traffic. */
export const load: Bench = async (context) => {
  const hubs: TestPerson[] = [];
  while (hubs.length < HUBS) hubs.push(await signUp(context, `Hub${hubs.length}`));
  const [first, ...others] = hubs as [TestPerson, ...TestPerson[]];
  const chatId = await makeGroup(first, ...others);
  const sockets = await joinBySockets(context, first, chatId);
  const floor = await openFloor(context);
  try {
    const messages = watchMessages(hubs, chatId, sockets);
    const start = performance.now();
    for (let n = 0; n < PER_SECOND * SECONDS; n++) {
      context.progress(`load ${n}/${PER_SECOND * SECONDS}`);
      const due = start + (n * 1000) / PER_SECOND;
      await sleepUntil(due);
      const author = hubs[n % HUBS] ?? first;
      messages.sent(say(author, chatId, `message ${n}`), author);
      await sleepUntil(due + 500 / PER_SECOND);
      await floor.send();
    }
    for (let waited = 0; waited < PATIENCE && messages.missing() > 0; waited += 100) await sleep(100);
    return {
      title: 'Delivery under load',
      lines: report({ ...messages.summaries(), floor: floor.summary(), lost: messages.missing() }),
    };
  } finally {
    await floor.stop();
    for (const { socket, person } of sockets.members) {
      socket.stop();
      await person.client.realtime.disconnect();
    }
    await Promise.all(hubs.map(({ browser }) => browser.stop()));
  }
};

function sleepUntil(due: number): Promise<void> {
  return sleep(Math.max(0, due - performance.now()));
}

interface Sockets {
  readonly members: readonly { readonly person: ApiPerson; readonly socket: { stop(): void } }[];
  onHeard(listener: (socket: number, id: string) => void): void;
}

/** The members without a hub: each listens on a bare websocket. */
async function joinBySockets(context: BenchContext, by: TestPerson, chatId: string): Promise<Sockets> {
  const { url } = await by.panel.request('createInvite', { chatId });
  let tell: (socket: number, id: string) => void = () => {};
  const members: { person: ApiPerson; socket: { stop(): void } }[] = [];
  while (members.length < MEMBERS - HUBS) {
    const index = members.length;
    const person = await createPerson(context, `Socket${index}`);
    await join(person, new URL(url).hash.slice(1));
    const socket = await openBareSocket(context, person, `chat:${chatId}:1`, (event, payload) => {
      const { message } = payload as { message?: { id: string } };
      if (event === 'change' && message !== undefined) tell(index, message.id);
    });
    members.push({ person, socket });
  }
  return {
    members,
    onHeard(listener) {
      tell = listener;
    },
  };
}

/** Notes when each message was first stored in the view of each hub's panel, and when each socket had it. */
function watchMessages(hubs: readonly TestPerson[], chatId: string, sockets: Sockets) {
  const sentAt = new Map<string, number>();
  const byHubs = new Map<string, number>();
  const bySockets = new Map<string, number>();
  const own = new Set<string>();
  const note = (times: Map<string, number>, who: number, id: string) => {
    const start = sentAt.get(id);
    const key = `${who} ${id}`;
    if (start !== undefined && !times.has(key)) times.set(key, now() - start);
  };
  hubs.forEach(({ panel }, who) => {
    panel.subscribe(({ view }) => {
      if (view?.chat.id !== chatId) return;
      for (const { id } of view.messages.slice(-10)) note(byHubs, who, id);
    });
  });
  sockets.onHeard((who, id) => note(bySockets, who, id));
  return {
    sent(id: string, author: TestPerson) {
      sentAt.set(id, now());
      own.add(`${hubs.indexOf(author)} ${id}`);
    },
    missing: () => sentAt.size * MEMBERS - byHubs.size - bySockets.size,
    summaries: () => ({
      hubs: summarise([...byHubs].filter(([key]) => !own.has(key)).map(([, time]) => time)),
      sockets: summarise([...bySockets.values()]),
    }),
  };
}

/** Broadcasts on somebody's own topic, from the database, and the time until their bare websocket has them. */
async function openFloor(context: BenchContext) {
  const sql = connectTo(context.adminUrl);
  const person = await createPerson(context, 'Floor');
  const samples: number[] = [];
  let onHeard = () => {};
  const topic = `user:${person.id}`;
  const socket = await openBareSocket(context, person, topic, (event) => {
    if (event === 'floor') onHeard();
  });
  return {
    async send() {
      const heard = new Promise<void>((resolve) => {
        onHeard = resolve;
      });
      const start = now();
      await sql`select realtime.send('{"body": "floor"}', 'floor', ${topic}, true)`;
      await heard;
      samples.push(now() - start);
    },
    summary: () => summarise(samples.slice(1)),
    async stop() {
      socket.stop();
      await person.client.realtime.disconnect();
      await sql.end({ timeout: 1 });
    },
  };
}

interface Found {
  readonly hubs: Summary;
  readonly sockets: Summary;
  readonly floor: Summary;
  readonly lost: number;
}

function report({ hubs, sockets, floor, lost }: Found): string[] {
  const share = (a: number, b: number) => (a / b).toFixed(2);
  return [
    SUMMARY_HEAD,
    row('floor, broadcast by the database → bare websocket', floor),
    row('send → heard by a member with a bare websocket', sockets),
    row("send → in another panel's view, through two hubs", hubs),
    '',
    `A group of ${MEMBERS}, ${PER_SECOND} messages/s for ${SECONDS} s: ${HUBS} members have real hubs with panels (on an IndexedDB in memory, all in one process) and write in turns, the other ${MEMBERS - HUBS} are bare websockets. Of ${PER_SECOND * SECONDS * MEMBERS} hearings, each author's own among them, ${lost} were lost. A hub hears at ${share(hubs.p50, floor.p50)} × the floor at p50, ${share(hubs.p95, floor.p95)} × at p95 and ${share(hubs.p99, floor.p99)} × at p99, which holds the way through the sender's hub, the insert with all its triggers, ${MEMBERS} receivers instead of one, and the receiving hub; a bare websocket at ${share(sockets.p50, floor.p50)} × at p50.`,
  ];
}
