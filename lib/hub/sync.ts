import type { Backend } from '../data/backend.ts';
import { readChats } from '../data/chats.ts';
import { readChanges } from '../data/messages.ts';
import { beginChat, deleteChat, writeSummaries } from '../data/store/chats.ts';
import { writeChanges } from '../data/store/messages.ts';
import type { StoredChat } from '../data/store/schema.ts';
import type { Store } from '../data/store/store.ts';
import type { HeardChange } from '../data/wire/changes.ts';
import type { ChatSummary } from '../model/chat.ts';
import type { Chats } from './chats.ts';
import { beginSequence, hasGap, receive, type Sequence } from './sequence.ts';
import { mergeSummary, summaryAfter } from './summary.ts';
import { coalesce, debounce } from './timers.ts';

/**
 * Keeps the chats of one person as the server has them. A broadcast is a hint, the log is the truth: a change counts when it is
 * the next one of its chat; what is missing in between is read from the log.
 *
 * Panels see a change before it is stored, and the stored cursor moves only together with the stored change. So a worker that is
 * ended in between reads that change again, and nobody waits for the disk.
 */
export interface Sync {
  /** Goes on from what the store holds. */
  resume(chats: readonly StoredChat[]): void;
  /** A change was heard, live or by being its author. */
  hear(change: HeardChange): void;
  /** The log of a chat has gone on, by a change that was not told. */
  hearHint(chatId: string): void;
  /** Reads the list, and the log of every chat that is behind. Resolves when both are done; rejects with a FailureError. */
  sweep(): Promise<void>;
  /** Reads a chat's log from its cursor until nothing is left. */
  catchUp(chatId: string): Promise<void>;
  /** Forgets what is here of a chat and begins anew with what the server shows. */
  restart(chatId: string): Promise<void>;
  /** Whether the server is known to have changes of the chat that were not heard here. */
  isBehind(chatId: string): boolean;
  /** Takes over what the person alone changed on the chat's line on the list: it stands in no log. Resolves when it is stored. */
  takeOver(chatId: string, own: Partial<ChatSummary>): Promise<void>;
  /** The person is no longer a member: nothing of the chat stays. */
  drop(chatId: string): void;
}

interface Deps {
  readonly store: Store;
  readonly backend: Backend;
  readonly chats: Chats;
  readonly userId: string;
  readonly signal: AbortSignal;
  /** A change as it counts on the list. */
  muffle(change: HeardChange): HeardChange;
  /** Changes to be shown, in order. */
  onChanges(chatId: string, changes: readonly HeardChange[]): void;
  /** The same changes, once the chat's line on the list counts them. */
  onCounted(chatId: string, changes: readonly HeardChange[]): void;
  /** What the list says of a chat changed otherwise than by a change of its log. */
  onSummary(summary: ChatSummary): void;
  /** The chat is known only from here on: it is new, or too much was missed to be read change by change. What is shown of it must be read anew. */
  onRestart(chatId: string): void;
  onGone(chatId: string): void;
  /** The list was read: chats may have come, gone, or be under a new epoch. */
  onSwept(): void;
  /** A chat was read further here than the server knows. */
  onReadAhead(chatId: string, seq: number): void;
  /** Something was heard of a chat that is not on the list. */
  onStranger(): void;
  onFault(reason: unknown): void;
}

const PAGE = 200;
/** Whoever missed more than this begins anew at the latest page. */
const MAX_MISSED = 500;
const GAP_PAUSE = 100;
const PARALLEL = 4;

export function createSync(deps: Deps): Sync {
  const { store, backend, chats, userId, signal } = deps;
  const sequences = new Map<string, Sequence>();
  const catchUps = new Map<string, { soon(): void; now(): Promise<void> }>();
  /** Dropped since the list was last asked for: an answer from before must not bring them back. */
  let dropped = new Set<string>();
  /** Taken over since then, and nothing heard of the chat after it: an answer from before must not undo it. */
  let takenOver = new Map<string, Partial<ChatSummary>>();

  function hear(change: HeardChange): void {
    const sequence = sequences.get(change.chatId);
    if (sequence === undefined) return deps.onStranger();
    take(change.chatId, [change]);
    if (hasGap(sequences.get(change.chatId) ?? sequence)) catcherOf(change.chatId).soon();
  }

  function take(chatId: string, heard: readonly HeardChange[]): void {
    const sequence = sequences.get(chatId);
    const before = chats.get(chatId);
    if (sequence === undefined || before === undefined) return;
    const { sequence: next, ready } = receive(sequence, heard);
    sequences.set(chatId, next);
    if (ready.length === 0) return;
    takenOver.delete(chatId);
    deps.onChanges(chatId, ready);
    const summary = ready.reduce((line, change) => summaryAfter(line, deps.muffle(change), userId), before);
    chats.set(summary);
    deps.onCounted(chatId, ready);
    keep(chatId, sequence.cursor, next.cursor, ready, summary);
  }

  function keep(chatId: string, from: number, to: number, changes: readonly HeardChange[], summary: ChatSummary): void {
    writeChanges(store, { chatId, from, to, changes, summary }).then(
      (stored) => {
        if (stored === null || stored === to || signal.aborted) return;
        // An earlier write failed: what the store lacks is read and stored again.
        sequences.set(chatId, beginSequence(stored));
        catcherOf(chatId).soon();
      },
      (reason: unknown) => deps.onFault(reason),
    );
  }

  function catcherOf(chatId: string) {
    const known = catchUps.get(chatId);
    if (known !== undefined) return known;
    const now = coalesce(() => catchUpOnce(chatId));
    const soon = debounce(GAP_PAUSE, signal, () => void now().catch(() => {}));
    const catcher = { now, soon };
    catchUps.set(chatId, catcher);
    return catcher;
  }

  async function catchUpOnce(chatId: string): Promise<void> {
    for (;;) {
      const sequence = sequences.get(chatId);
      if (sequence === undefined || signal.aborted) return;
      const changes = await readChanges(backend, chatId, sequence.cursor, PAGE);
      take(chatId, changes);
      if (changes.length < PAGE) return;
    }
  }

  const sweep = coalesce(async () => {
    const before = [...sequences.keys()];
    dropped = new Set();
    takenOver = new Map();
    const listed = (await readChats(backend)).filter(({ id }) => !dropped.has(id));
    const summaries = listed.map((summary) => ({ ...summary, ...takenOver.get(summary.id) }));
    if (signal.aborted) return;
    const present = new Set(summaries.map(({ id }) => id));
    for (const chatId of before) if (!present.has(chatId)) drop(chatId);
    for (const summary of summaries) await meet(summary);
    chats.markLoaded();
    deps.onSwept();
    const behind = summaries.filter(({ id, lastSeq }) => lastSeq > (sequences.get(id)?.cursor ?? lastSeq));
    await inParallel(behind, async ({ id, lastSeq }) => {
      if (lastSeq - (sequences.get(id)?.cursor ?? lastSeq) > MAX_MISSED) await restart(id);
      await catcherOf(id).now();
    });
  });

  /** Takes over what the list says of one chat. */
  async function meet(remote: ChatSummary): Promise<void> {
    const local = chats.get(remote.id);
    if (local === undefined || !sequences.has(remote.id)) {
      await beginChat(store, remote);
      if (dropped.has(remote.id) || signal.aborted) return;
      sequences.set(remote.id, beginSequence(remote.lastSeq));
      chats.set(remote);
      deps.onSummary(remote);
      return deps.onRestart(remote.id);
    }
    const merged = mergeSummary(local, remote);
    if (merged.lastReadSeq > remote.lastReadSeq) deps.onReadAhead(remote.id, merged.lastReadSeq);
    if (JSON.stringify(merged) === JSON.stringify(local)) return;
    chats.set(merged);
    deps.onSummary(merged);
    await writeSummaries(store, [merged]);
  }

  async function restart(chatId: string): Promise<void> {
    const summary = chats.get(chatId);
    if (summary === undefined) return;
    await beginChat(store, summary);
    if (chats.get(chatId) === undefined) return;
    sequences.set(chatId, beginSequence(summary.lastSeq));
    deps.onRestart(chatId);
  }

  function drop(chatId: string): void {
    dropped.add(chatId);
    sequences.delete(chatId);
    catchUps.delete(chatId);
    // Also one that is not on the list yet: it may be taken into the store at this moment.
    deleteChat(store, chatId, userId).catch(deps.onFault);
    if (chats.get(chatId) === undefined) return;
    chats.remove(chatId);
    deps.onGone(chatId);
  }

  return {
    resume(stored) {
      for (const { id, cursor, summary } of stored) {
        sequences.set(id, beginSequence(cursor));
        chats.set(summary);
      }
    },
    hear,
    hearHint(chatId) {
      if (sequences.has(chatId)) catcherOf(chatId).soon();
      else deps.onStranger();
    },
    sweep,
    catchUp: (chatId) => catcherOf(chatId).now(),
    restart,
    async takeOver(chatId, own) {
      const before = chats.get(chatId);
      if (before === undefined) return;
      const after = { ...before, ...own };
      takenOver.set(chatId, { ...takenOver.get(chatId), ...own });
      chats.set(after);
      deps.onSummary(after);
      await writeSummaries(store, [after]).catch(deps.onFault);
    },
    isBehind(chatId) {
      const sequence = sequences.get(chatId);
      return sequence !== undefined && sequence.cursor < (chats.get(chatId)?.lastSeq ?? 0);
    },
    drop,
  };
}

/** Works through a list, a few at a time; rejects with the first failure. */
async function inParallel<T>(list: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...list];
  await Promise.all(
    Array.from({ length: PARALLEL }, async () => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
    }),
  );
}
