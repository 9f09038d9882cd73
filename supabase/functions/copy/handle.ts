import * as v from 'valibot';
import { refuse } from '../_shared/answers.ts';
import type { Caller } from '../_shared/caller.ts';
import type { Copies, CopyOrder, FileToCopy } from '../_shared/copies.ts';
import { DatabaseError } from '../_shared/database.ts';
import type { Files } from '../_shared/files.ts';
import { readBody } from '../_shared/read-body.ts';

export interface CopyDeps {
  readonly copies: Copies;
  readonly files: Files;
  identifyCaller(request: Request): Promise<Caller>;
  newId(): string;
}

const Id = v.pipe(v.string(), v.uuid());
const Body = v.object({ source: Id, id: Id, title: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80)) });

/** A file was added while the others were being copied. */
const CHANGED = 'SR023';
const TRIES = 3;
const PARALLEL = 4;

/**
 * POST {source, id, title}: makes the group `id` out of the caller's solo chat `source`, with its messages and files, and leaves that
 * chat as it is. The bytes come first, under new names; then the group appears whole. The same id again is the same group.
 */
export async function handleCopy(request: Request, deps: CopyDeps): Promise<Response> {
  const body = await readBody(request, Body);
  if (body === null) return refuse('invalid', 'expected {source, id, title}');
  const caller = await deps.identifyCaller(request);
  if (caller.kind !== 'user') return refuse('unauthorized', 'not signed in', 'Sign in and try again.');
  const order = { ...body, userId: caller.id };
  for (let left = TRIES; left > 0; left--) if (await tryCopy(order, deps, left > 1)) break;
  return Response.json({ chat_id: order.id });
}

/** False: a file came in between, and it is to be tried again. */
async function tryCopy(order: CopyOrder, { copies, files, newId }: CopyDeps, mayRetry: boolean): Promise<boolean> {
  const present = await copies.filesOf(order);
  if (present === null) return true;
  const ids = Object.fromEntries(present.map(({ id }) => [id, newId()]));
  const moves = present.flatMap((file) => movesOf(file, order, ids[file.id] ?? ''));
  try {
    await inParallel(moves, ({ from, to }) => files.copy(from, to));
    await copies.finish(order, ids);
    return true;
  } catch (error) {
    // What cannot be removed now goes with the next purge.
    await files.remove(moves.map(({ to }) => to)).catch(() => {});
    if (mayRetry && error instanceof DatabaseError && error.code === CHANGED) return false;
    throw error;
  }
}

function movesOf({ id, has_thumbnail }: FileToCopy, { source, id: chat }: CopyOrder, newId: string) {
  const endings = has_thumbnail ? ['', '.thumb'] : [''];
  return endings.map((ending) => ({ from: `${source}/${id}${ending}`, to: `${chat}/${newId}${ending}` }));
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  await Promise.all(
    Array.from({ length: PARALLEL }, async () => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
    }),
  );
}
