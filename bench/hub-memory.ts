import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Bench, BenchContext } from './support/bench.ts';
import { createGroups, fillChats } from './support/chats.ts';
import { connectTo } from './support/own-database.ts';
import { type ApiPerson, createPerson } from './support/people.ts';

const CHATS = 200;
const MEMBERS = 5;
const MESSAGES = 50;
const ROUNDS = 3;

/** What a hub and a panel hold of two hundred chats, beside one chat and beside the list as the server sends it. */
export const hubMemory: Bench = async (context) => {
  const one = await createReader(context, 1);
  const many = await createReader(context, CHATS);
  const [small, large]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    context.progress(`hub memory ${round}/${ROUNDS}`);
    small.push(await measureHeap(context, one.reader, 1));
    large.push(await measureHeap(context, many.reader, CHATS));
  }
  const perChat = (median(large) - median(small)) / (CHATS - 1);
  const listed = (many.listBytes - one.listBytes) / (CHATS - 1);
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`;
  return {
    title: 'Memory of the hub',
    lines: [
      '| what | n | median | range |',
      '|---|---|---|---|',
      ...[
        { name: 'heap with 1 chat', found: small },
        { name: `heap with ${CHATS} chats`, found: large },
      ].map(
        ({ name, found }) =>
          `| ${name} | ${ROUNDS} | ${megabytes(median(found))} | ${megabytes(Math.min(...found))} to ${megabytes(Math.max(...found))} |`,
      ),
      `| floor, the list of ${CHATS} chats as JSON | 1 | ${megabytes(many.listBytes)} | |`,
      '',
      `Each hub in a Node process of its own, after its sweeps and a full collection; groups of ${MEMBERS} with ${MESSAGES} messages. ${CHATS} chats cost ${megabytes(median(large) - median(small))} more than one: ${(perChat / 1000).toFixed(1)} kB per chat, ${(perChat / listed).toFixed(1)} × its line of the list. In it are the hub, the one panel, the joined topics and the store, which lies in memory here and on the disk in browsers.`,
    ],
  };
};

/** Somebody in so many groups, and the bytes of their list. */
async function createReader(context: BenchContext, count: number): Promise<{ reader: ApiPerson; listBytes: number }> {
  const sql = connectTo(context.adminUrl);
  const people: ApiPerson[] = [];
  while (people.length < MEMBERS) people.push(await createPerson(context, 'Reader'));
  const [reader] = people;
  if (reader === undefined) throw new Error('nobody is there');
  const ids = people.map(({ id }) => id);
  const chats = await createGroups(sql, ids, count);
  await fillChats(sql, { chats, authors: ids, perChat: MESSAGES });
  await sql.end({ timeout: 1 });
  const { data } = await reader.client.rpc('my_chats').throwOnError();
  await Promise.all(people.map(({ client }) => client.realtime.disconnect()));
  return { reader, listBytes: Buffer.byteLength(JSON.stringify(data)) };
}

async function measureHeap(context: BenchContext, { email, password }: ApiPerson, chats: number): Promise<number> {
  const script = fileURLToPath(new URL('support/memory-child.ts', import.meta.url));
  const args = [context.url, context.publishableKey, email, password, String(chats)];
  const child = fork(script, args, { execArgv: ['--expose-gc'] });
  const exited = once(child, 'exit');
  const failed = exited.then(([code]) => {
    throw new Error(`the hub's process ended with ${code}`);
  });
  const [{ heapUsed }] = (await Promise.race([once(child, 'message'), failed])) as [{ heapUsed: number }];
  await exited;
  return heapUsed;
}

function median(list: readonly number[]): number {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;
}
