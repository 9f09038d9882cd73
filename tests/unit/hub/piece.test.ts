import { describe, expect, test } from 'vitest';
import { joinLatest, MAX_SHOWN, type Piece, withHeard, withNewer, withOlder } from '../../../lib/model/piece.ts';
import { aMessage } from './fixtures.ts';

const piece = (from: number, to: number, hasOlder: boolean, body = 'hello'): Piece => ({
  messages: Array.from({ length: to - from + 1 }, (_, index) => aMessage({ seq: from + index, body })),
  hasOlder,
  hasNewer: false,
});
const seqs = ({ messages }: { messages: readonly { seq: number }[] }) => messages.map(({ seq }) => seq);

describe('joining a page to what is shown', () => {
  test("[MSG3] pieces that overlap become one, with the page's newer state", () => {
    const joined = joinLatest(piece(1, 5, false), piece(4, 8, true, 'edited'));
    expect(seqs(joined)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(joined.hasOlder).toBe(false);
    expect(joined.messages[3]?.body).toBe('edited');
  });

  test('[MSG3] a page that begins after the end of what is shown stands alone: there may be a hole', () => {
    expect(joinLatest(piece(1, 5, false), piece(6, 8, true))).toEqual(piece(6, 8, true));
    expect(joinLatest(piece(1, 5, false), piece(40, 42, true))).toEqual(piece(40, 42, true));
  });

  test('[MSG3] a live message behind a hole does not bridge it', () => {
    const shown = {
      messages: [...piece(1, 5, false).messages, aMessage({ seq: 42 })],
      hasOlder: false,
      hasNewer: false,
    };
    expect(joinLatest(shown, piece(40, 42, true))).toEqual(piece(40, 42, true));
  });

  test('a page that reaches further back says whether there is more', () => {
    expect(joinLatest(piece(5, 8, true), piece(5, 9, false)).hasOlder).toBe(false);
    expect(joinLatest(piece(0, -1, true), piece(1, 3, false))).toEqual(piece(1, 3, false));
  });
});

describe('[MSG8] the piece that a panel holds', () => {
  const full = piece(1, MAX_SHOWN, false);

  test('moves on with a reader who follows the end', () => {
    const next = withHeard(full, aMessage({ seq: MAX_SHOWN + 1 }), true);
    expect(next.messages).toHaveLength(MAX_SHOWN);
    expect(next).toMatchObject({ hasOlder: true, hasNewer: false });
    expect(seqs(next).at(-1)).toBe(MAX_SHOWN + 1);
  });

  test('stays where it is for a reader further up', () => {
    const next = withHeard(full, aMessage({ seq: MAX_SHOWN + 1 }), false);
    expect(next).toEqual({ ...full, hasNewer: true });
    expect(withHeard(next, aMessage({ seq: MAX_SHOWN + 2 }), true)).toBe(next);
  });

  test('takes in what became of its own messages, and not of those outside', () => {
    const shown = { ...piece(10, 20, true), hasNewer: true };
    expect(withHeard(shown, aMessage({ seq: 12, body: 'edited' }), false).messages[2]?.body).toBe('edited');
    for (const seq of [3, 40]) expect(withHeard(shown, aMessage({ seq, body: 'edited' }), true)).toBe(shown);
  });

  test('lets go at the far end of where a page comes in', () => {
    const older = withOlder(piece(100, 100 + MAX_SHOWN - 1, true), piece(60, 99, true));
    expect([seqs(older)[0], older.messages.length, older.hasOlder, older.hasNewer]).toEqual([
      60,
      MAX_SHOWN,
      true,
      true,
    ]);
    const newer = withNewer(older, { messages: piece(150, 189, true).messages, hasNewer: false });
    expect([seqs(newer).at(-1), newer.messages.length, newer.hasOlder, newer.hasNewer]).toEqual([
      189,
      MAX_SHOWN,
      true,
      false,
    ]);
  });
});
