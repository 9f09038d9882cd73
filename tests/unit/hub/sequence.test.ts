import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HeardChange } from '../../../lib/data/wire/changes.ts';
import { beginSequence, hasGap, receive, type Sequence } from '../../../lib/hub/sequence.ts';

const change = (seq: number): HeardChange => ({ kind: 'unknown', chatId: 'chat', seq });
const seqsOf = (changes: readonly HeardChange[]) => changes.map(({ seq }) => seq);

/** Hears the batches one after another and collects what was ready, in order. */
function hearAll(cursor: number, batches: readonly (readonly number[])[]): { ready: number[]; sequence: Sequence } {
  let sequence = beginSequence(cursor);
  const ready: number[] = [];
  for (const batch of batches) {
    const result = receive(sequence, batch.map(change));
    sequence = result.sequence;
    ready.push(...seqsOf(result.ready));
  }
  return { ready, sequence };
}

describe('sequence', () => {
  test('[MSG3] whatever order, repetition and grouping: each change once, in order', () => {
    const heard = fc
      .integer({ min: 1, max: 40 })
      .chain((last) => {
        const seqs = Array.from({ length: last }, (_, index) => index + 1);
        const again = fc.array(fc.constantFrom(...seqs), { maxLength: 30 });
        return again.chain((repeated) =>
          fc.shuffledSubarray([...seqs, ...repeated], { minLength: last + repeated.length }),
        );
      })
      .chain((order) =>
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: order.length }).map((sizes) => inBatches(order, sizes)),
      );
    fc.assert(
      fc.property(heard, fc.integer({ min: 0, max: 5 }), (batches, cursor) => {
        const last = Math.max(...batches.flat());
        const { ready, sequence } = hearAll(cursor, batches);
        expect(ready).toEqual(Array.from({ length: Math.max(0, last - cursor) }, (_, index) => cursor + index + 1));
        expect(hasGap(sequence)).toBe(false);
        expect(sequence.cursor).toBe(Math.max(last, cursor));
      }),
    );
  });

  test('[MSG3] a change behind a gap waits, and one that closes the gap lets it through', () => {
    const { ready, sequence } = hearAll(3, [[6], [4]]);
    expect(ready).toEqual([4]);
    expect(hasGap(sequence)).toBe(true);
    expect(seqsOf(receive(sequence, [change(5)]).ready)).toEqual([5, 6]);
  });

  test('a flood behind a gap is not all held, and what comes next still counts', () => {
    const flood = Array.from({ length: 2000 }, (_, index) => index + 10);
    const { sequence } = hearAll(1, [flood]);
    expect(sequence.held.size).toBeLessThanOrEqual(500);
    expect(receive(sequence, [change(2)]).sequence.cursor).toBe(2);
  });
});

function inBatches(order: readonly number[], sizes: readonly number[]): number[][] {
  const batches: number[][] = [];
  let at = 0;
  for (const size of sizes) {
    if (at >= order.length) break;
    batches.push(order.slice(at, at + size));
    at += size;
  }
  return batches;
}
