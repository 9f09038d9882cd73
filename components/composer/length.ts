import { countCharacters, MAX_MESSAGE_CHARACTERS } from '../../lib/model/text.ts';

/** From here on the count is shown. */
const NEAR = MAX_MESSAGE_CHARACTERS - 1_000;

export interface TextLength {
  /** Null while it is far from the limit: then nobody needs to know it. */
  readonly count: number | null;
  readonly isOver: boolean;
}

/** How a message stands to the limit. */
export function lengthOf(body: string): TextLength {
  // Characters are at most as many as UTF-16 units, which cost nothing to count.
  if (body.length < NEAR) return { count: null, isOver: false };
  const count = countCharacters(body);
  return { count: count < NEAR ? null : count, isOver: count > MAX_MESSAGE_CHARACTERS };
}
