import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '../../lib/data/store/store.ts';
import type { Message } from '../../lib/model/chat.ts';
import { FailureError } from '../../lib/model/failure.ts';
import { type Book, readBook } from './book.ts';
import { probeGaps } from './gaps.ts';
import { readHolding } from './holding.ts';
import { judge, judgeLog } from './invariants.ts';
import { probeFiles, probeSearch } from './probes.ts';
import { judgeAccepted, judgeChanged } from './promises.ts';
import { probeRemoval } from './removal.ts';
import { readTruth } from './truth.ts';
import { judgeWire } from './wire.ts';
import type { Inhabitant, World } from './world.ts';

const LONGEST_MS = 40_000;
const ALARM_MS = 5_000;
const PAUSE_MS = 100;

export interface Settled {
  readonly settledAfterMs: number;
  /** What was not as it has to be, even after the longest wait; nothing when all is well. */
  readonly faults: readonly string[];
}

/**
 * Waits until all is as it has to be, and then asks for what only requests can tell. What these did must come to rest as well.
 */
export async function settle(world: World): Promise<Settled> {
  const settled = await rest(world);
  if (settled.faults.length > 0) return settled;
  const faults = await ask(world);
  return { ...settled, faults: faults.length > 0 ? faults : (await rest(world)).faults };
}

/** In fair weather nothing that is asked for may fail. */
async function ask(world: World): Promise<string[]> {
  try {
    return [...(await probe(world)), ...(await probeGaps(world)), ...(await probeRemoval(world))];
  } catch (reason) {
    if (!(reason instanceof FailureError)) throw reason;
    return [`a request failed in fair weather: ${reason.failure.code}`];
  }
}

async function rest(world: World): Promise<Settled> {
  const began = performance.now();
  let alarm = began;
  for (;;) {
    for (const person of world.people) goOn(person);
    const faults = await findFaults(world);
    const settledAfterMs = Math.round(performance.now() - began);
    if (faults.length === 0 || settledAfterMs > LONGEST_MS) return { settledAfterMs, faults };
    if (performance.now() - alarm > ALARM_MS) {
      alarm = performance.now();
      for (const { browser } of world.people) browser.hub.wake();
    }
    await sleep(PAUSE_MS);
  }
}

/** As a reader does: opens a chat again that was closed by a removal, goes to its end and stays there. */
function goOn({ panels }: Inhabitant): void {
  for (const [chatId, panel] of panels) {
    if (panel.snapshot().chatId !== chatId) panel.watch(chatId);
    if (panel.snapshot().view?.hasNewer) panel.showAround(null).catch(() => {});
    panel.follow(true);
  }
}

/** What is not as it has to be, in sentences. What may still come is told as well. */
async function findFaults(world: World): Promise<string[]> {
  const books = await Promise.all(world.chatIds.map((chatId) => readBook(world.server.sql, chatId)));
  const ofServer = books.flatMap((book) => [...judgeLog(book), ...judgeChanged(world.changed, book)]);
  const ofPeople = await Promise.all(
    world.people.map(async (person) => {
      const faults = await findFaultsOf(world, person, books);
      return faults.map((fault) => `${person.name}: ${fault}`);
    }),
  );
  return [...world.sights, ...ofServer, ...ofPeople.flat()];
}

async function findFaultsOf(
  { server, accepted }: World,
  person: Inhabitant,
  books: readonly Book[],
): Promise<string[]> {
  const store = openStore(person.browser.storeName);
  const faults = judgeHub(person);
  try {
    for (const book of books) {
      const truth = await readTruth(server.sql, person.id, book.chatId);
      const holding = await readHolding(person, store, book.chatId);
      faults.push(...judge(book, holding, truth), ...judgeAccepted(accepted, book, holding, truth));
      faults.push(...judgeWire(person.weather.heard, book, person.id));
    }
  } finally {
    await store.close();
  }
  return faults;
}

/** Nobody here signs out, and a hub knows of everything that can go wrong. */
function judgeHub({ panel, browser }: Inhabitant): string[] {
  const session = panel.snapshot().app?.session.name;
  return [
    ...(session === 'signed-in' ? [] : [`is ${session}`]),
    ...browser.log.map((line) => `the hub logged ${line}`),
  ];
}

async function probe({ server, people, chatIds }: World): Promise<string[]> {
  const faults: string[] = [];
  for (const chatId of chatIds) {
    const book = await readBook(server.sql, chatId);
    const said = await readAll(server.sql, people, book);
    for (const person of people) {
      const isMember = book.members.has(person.id);
      const found = [
        ...(await probeFiles(person, book, said)),
        ...(await probeSearch(person, book, isMember ? said : [])),
      ];
      faults.push(...found.map((fault) => `${person.name}: ${fault}`));
    }
  }
  return faults;
}

/** What the members see: everybody here came with the whole history. */
async function readAll(sql: World['server']['sql'], people: World['people'], book: Book): Promise<readonly Message[]> {
  const [member] = people.filter(({ id }) => book.members.has(id));
  return member === undefined ? [] : (await readTruth(sql, member.id, book.chatId)).messages;
}
