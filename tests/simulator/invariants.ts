import { isDeepStrictEqual } from 'node:util';
import type { Message } from '../../lib/model/chat.ts';
import type { ChatView } from '../../lib/model/chat-view.ts';
import type { Book } from './book.ts';
import type { Holding } from './holding.ts';
import { disorderOf, wordingKey } from './memory.ts';
import type { Truth } from './truth.ts';

/** What the hub reads of a chat at once: so much of an open chat is in store and panel at least. */
const PAGE = 40;

/** Holes and doubles in a chat's log. */
export function judgeLog({ log, lastSeq }: Pick<Book, 'log' | 'lastSeq'>): string[] {
  const faults = log.flatMap((seq, index) => (seq === index + 1 ? [] : [`the log has ${seq} at place ${index + 1}`]));
  if (log.length !== lastSeq) faults.push(`the log has ${log.length} changes, the chat counts ${lastSeq}`);
  return faults.slice(0, 3);
}

/** What one person has of a chat against what the server shows this person of it. */
export function judge(book: Book, holding: Holding, truth: Truth): string[] {
  return book.members.has(holding.userId) ? judgeMember(book, holding, truth) : judgeOutsider(book, holding, truth);
}

/** A member's store, list and panel hold what the server has, in its order. */
function judgeMember(book: Book, holding: Holding, truth: Truth): string[] {
  return [
    ...judgeStore(book, holding, truth),
    ...judgeSummary(holding, truth),
    ...judgePanel(book, holding, truth),
    ...holding.stored.uploads
      .filter((id) => book.sentFiles.has(id))
      .map((id) => `the file ${id} was sent and still waits`),
  ];
}

function judgeStore(book: Book, { stored }: Holding, truth: Truth): string[] {
  const { chat, messages, memberIds } = stored;
  if (chat === undefined) return ['is a member, and the store does not know it'];
  const faults: string[] = [];
  if (chat.cursor !== book.lastSeq) faults.push(`the store is at ${chat.cursor}, the server at ${book.lastSeq}`);
  const firstOfPage = truth.messages.at(-PAGE) ?? truth.messages[0];
  if (firstOfPage !== undefined && chat.floor > firstOfPage.seq)
    faults.push(`the store begins at ${chat.floor}, and the chat was read from ${firstOfPage.seq}`);
  const wanted = truth.messages.filter(({ seq }) => seq >= chat.floor);
  faults.push(...differencesOf(messages, wanted).map((difference) => `the store: ${difference}`));
  if (!isSameSet(memberIds, book.members.keys())) faults.push('the store has other members than the server');
  return faults;
}

function judgeSummary({ summary }: Holding, truth: Truth): string[] {
  if (summary === undefined || truth.summary === null) return ['is a member, and the list does not show it'];
  return differingKeys(summary, truth.summary).map((difference) => `the list: ${difference}`);
}

function judgePanel(book: Book, { userId, view }: Holding, truth: Truth): string[] {
  if (view === null) return ['the panel shows nothing of the chat'];
  const faults = differencesOf(view.messages, pieceOf(view, truth)).map((difference) => `the panel: ${difference}`);
  if (view.messages.length < Math.min(PAGE, truth.messages.length))
    faults.push(`the panel shows ${view.messages.length} messages of ${truth.messages.length}`);
  if (view.hasNewer) faults.push('the panel has not come to the end');
  const waiting = view.outbox.filter(({ state }) => state.name !== 'failed').length;
  if (waiting > 0) faults.push(`${waiting} messages wait`);
  const memberIds = view.members.map(({ id }) => id);
  if (!isSameSet(memberIds, book.members.keys())) faults.push('the panel has other members than the server');
  // Who is here is counted among the members alone; who writes is named.
  const writers = Object.keys(view.presence).filter((id) => view.presence[id] === 'typing');
  if (writers.some((id) => id === userId || !book.members.has(id)))
    faults.push('the panel shows somebody as writing who is not in the chat, or its own person');
  if (view.files.some(({ id }) => book.sentFiles.has(id))) faults.push('a file that was sent stands in the composer');
  return faults;
}

/** What a view has to show, by what it says of its ends. */
function pieceOf({ messages, hasOlder, hasNewer }: ChatView, truth: Truth): readonly Message[] {
  const first = messages[0];
  const last = messages.at(-1);
  return truth.messages.filter(
    ({ seq }) =>
      (!hasOlder || (first !== undefined && seq >= first.seq)) &&
      (!hasNewer || (last !== undefined && seq <= last.seq)),
  );
}

/** Nothing of the chat is left with somebody who went, and nothing from afterwards was ever shown. */
function judgeOutsider(book: Book, { userId, stored, summary, view, memory }: Holding, truth: Truth): string[] {
  const faults: string[] = [];
  const removal = book.removals.get(userId);
  if (removal === undefined) return ['is no member, and was never removed'];
  const late = [...memory.seqs].filter((seq) => seq > removal.seq);
  if (late.length > 0) faults.push(`was removed at ${removal.seq} and saw ${late.join()}`);
  const heard = book.wordings.filter(
    ({ messageId, body, at }) => at > removal.at && memory.wordings.has(wordingKey(messageId, body)),
  );
  if (heard.length > 0) faults.push(`was removed at ${removal.seq} and saw later wordings of ${heard.length} messages`);
  if (stored.chat !== undefined) faults.push('went, and the store kept the chat');
  const rests = { messages: stored.messages, members: stored.memberIds, outbox: stored.outbox, files: stored.uploads };
  for (const [name, rest] of Object.entries(rests))
    if (rest.length > 0) faults.push(`went, and the store kept ${name}`);
  if (summary !== undefined) faults.push('went, and the list shows the chat');
  if (view !== null) faults.push('went, and the panel shows the chat');
  if (truth.messages.length > 0 || truth.summary !== null) faults.push('went, and may read on');
  return faults;
}

/** Where a list of messages is not the one it has to be: ids, order and every field. */
function differencesOf(found: readonly Message[], wanted: readonly Message[]): string[] {
  const seqs = ({ length }: readonly Message[], list: readonly Message[]) =>
    `${length}: ${list.map(({ seq }) => seq).slice(0, 20)}`;
  const missing = wanted.filter(({ id }) => !found.some((message) => message.id === id));
  const extra = found.filter(({ id }) => !wanted.some((message) => message.id === id));
  const faults = disorderOf(found.map(({ seq }) => seq));
  if (missing.length > 0) faults.push(`lacks ${seqs(missing, missing)}`);
  if (extra.length > 0) faults.push(`has too many ${seqs(extra, extra)}`);
  for (const message of found) {
    const twin = wanted.find(({ id }) => id === message.id);
    if (twin !== undefined)
      faults.push(...differingKeys(message, twin).map((difference) => `seq ${message.seq}: ${difference}`));
  }
  return faults.slice(0, 5);
}

function differingKeys(found: object, wanted: object): string[] {
  const other = new Map(Object.entries(found));
  return Object.entries(wanted)
    .filter(([key, value]) => !isDeepStrictEqual(other.get(key), value))
    .map(([key, value]) => `${key} is ${JSON.stringify(other.get(key))} and not ${JSON.stringify(value)}`);
}

function isSameSet(some: Iterable<string>, others: Iterable<string>): boolean {
  return isDeepStrictEqual([...some].sort(), [...others].sort());
}
