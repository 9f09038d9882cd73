import type { HeardChange } from '../data/wire/changes.ts';

/** How far a chat's log is known, and changes from further on that wait for what is missing before them. */
export interface Sequence {
  readonly cursor: number;
  readonly held: ReadonlyMap<number, HeardChange>;
}

/** Beyond this, changes are not held but read again. */
const MAX_HELD = 500;

export function beginSequence(cursor: number): Sequence {
  return { cursor, held: new Map() };
}

/**
 * Puts changes in, in whatever order and however often they were heard. `ready` are those that follow the cursor without a gap,
 * in order, each exactly once over the life of the sequence. What is still held afterwards has a gap before it.
 */
export function receive(
  { cursor, held }: Sequence,
  heard: readonly HeardChange[],
): { sequence: Sequence; ready: HeardChange[] } {
  const waiting = new Map(held);
  for (const change of heard) {
    const known = waiting.has(change.seq);
    if (change.seq > cursor && (known || waiting.size < MAX_HELD || change.seq === cursor + 1))
      waiting.set(change.seq, change);
  }
  const ready: HeardChange[] = [];
  let next = waiting.get(cursor + 1);
  while (next !== undefined) {
    ready.push(next);
    waiting.delete(next.seq);
    next = waiting.get(next.seq + 1);
  }
  return { sequence: { cursor: cursor + ready.length, held: waiting }, ready };
}

/** Whether something is missing between the cursor and what is held. */
export function hasGap({ held }: Sequence): boolean {
  return held.size > 0;
}
