import type { Book, Stay } from './book.ts';
import type { Holding } from './holding.ts';
import type { Truth } from './truth.ts';

/** A message that a hub took over: from then on the hub answers for it. Times are milliseconds since 1970. */
export interface Accepted {
  readonly id: string;
  readonly chatId: string;
  readonly authorId: string;
  readonly body: string;
  readonly fileIds: readonly string[];
  readonly askedAt: number;
  readonly at: number;
}

/** A change of a message that was answered with yes. */
export interface Changed {
  readonly id: string;
  readonly chatId: string;
  /** Null: deleted. */
  readonly body: string | null;
}

/** How long after coming back a person's hub may still hear of having gone. */
const SETTLED_AFTER_MS = 2_000;

/**
 * What a hub took over is on the server as it was given, in the order in which it was given, or stands in the outbox with the
 * reason. It may go, or fail, only together with its author's membership.
 */
export function judgeAccepted(accepted: readonly Accepted[], book: Book, holding: Holding, truth: Truth): string[] {
  const mine = accepted.filter(({ authorId, chatId }) => authorId === holding.userId && chatId === book.chatId);
  return [...mine.flatMap((message) => judgeOne(message, book, holding, truth)), ...judgeOrder(mine, book)];
}

function judgeOne(message: Accepted, book: Book, { stored, memory }: Holding, truth: Truth): string[] {
  const { id } = message;
  const entry = stored.outbox.find((other) => other.id === id);
  if (book.seqs.has(id)) {
    if (entry !== undefined) return [`the message ${id} is on the server and in the outbox`];
    return judgeContent(message, book, truth);
  }
  const stays = book.stays.get(message.authorId) ?? [];
  if (entry?.state.name === 'failed')
    return isExcused(stays, message.at, Date.now()) ? [] : [`the message ${id} failed: ${entry.state.failure.code}`];
  if (entry !== undefined) return [`the message ${id} is ${entry.state.name}`];
  return isExcused(stays, message.at, memory.stopped.get(id) ?? Number.POSITIVE_INFINITY)
    ? []
    : [`the accepted message ${id} is lost`];
}

/**
 * Whether what was accepted at a time, and stopped waiting at another, may be lost: its author went in between, or had come back
 * only just. What stopped waiting before its author went was lost by other means.
 */
function isExcused(stays: readonly Stay[], acceptedAt: number, stoppedAt: number): boolean {
  return stays.some(({ to }, index) => {
    if (to === null) return false;
    const back = stays[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    return acceptedAt <= back + SETTLED_AFTER_MS && stoppedAt >= to;
  });
}

function judgeContent({ id, body, fileIds }: Accepted, book: Book, truth: Truth): string[] {
  if (book.deleted.has(id)) return [];
  const faults: string[] = [];
  const wordings = book.wordings.filter(({ messageId }) => messageId === id);
  if (!wordings.some((wording) => wording.body === body)) faults.push(`the message ${id} came with other words`);
  const files = truth.messages.find((message) => message.id === id)?.attachments.map((attachment) => attachment.id);
  if (files !== undefined && files.join() !== fileIds.join()) faults.push(`the message ${id} came with other files`);
  return faults;
}

/** Whatever was asked for after another message was accepted comes after it. */
function judgeOrder(mine: readonly Accepted[], { seqs }: Book): string[] {
  return mine.flatMap((later) =>
    mine
      .filter(
        ({ at, id }) => at < later.askedAt && (seqs.get(id) ?? 0) > (seqs.get(later.id) ?? Number.POSITIVE_INFINITY),
      )
      .map(({ id }) => `the message ${later.id} overtook ${id}`),
  );
}

/** What was answered with yes is so. */
export function judgeChanged(changed: readonly Changed[], book: Book): string[] {
  return changed
    .filter(({ chatId, id }) => chatId === book.chatId && !book.deleted.has(id))
    .flatMap(({ id, body }) => {
      if (body === null) return [`the message ${id} was deleted and is there`];
      const isKept = book.wordings.some((wording) => wording.messageId === id && wording.body === body);
      return isKept ? [] : [`an edit of ${id} is lost`];
    });
}
