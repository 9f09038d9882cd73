/** A growing text in the pieces in which it came. Only the latest are kept apart: older ones have long faded in. */
export interface Pieces {
  readonly settled: string;
  readonly fresh: readonly string[];
  /** Number of the first fresh piece, counted from the beginning of the text: a key that stays with its piece. */
  readonly from: number;
}

const FRESH = 8;

/** The pieces of `text`, given those of an earlier state. A text that does not go on from there (a new attempt) starts anew. */
export function addPiece(pieces: Pieces, text: string): Pieces {
  const known = pieces.settled + pieces.fresh.join('');
  if (text === known) return pieces;
  if (!text.startsWith(known)) return { settled: '', fresh: [text], from: pieces.from + pieces.fresh.length };
  const fresh = [...pieces.fresh, text.slice(known.length)];
  const surplus = Math.max(0, fresh.length - FRESH);
  return {
    settled: pieces.settled + fresh.slice(0, surplus).join(''),
    fresh: fresh.slice(surplus),
    from: pieces.from + surplus,
  };
}
