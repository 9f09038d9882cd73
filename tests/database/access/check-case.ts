/**
 * What each check constraint refuses and what it lets pass just so: assignments to a row of its table. Both stand at the limits, so
 * that a limit that moved by one is noticed.
 */
export interface CheckCase {
  readonly refused: readonly string[];
  readonly allowed: readonly string[];
  /** Which row, where not any will do. */
  readonly where?: string;
}

export const x = (length: number) => `repeat('x', ${length})`;

/** A whole number or a length from `low` to `high`. */
export const between = (
  column: string,
  low: number,
  high: number,
  make: (size: number) => string = String,
): CheckCase => ({
  refused: [`${column} = ${make(low - 1)}`, `${column} = ${make(high + 1)}`],
  allowed: [`${column} = ${make(low)}`, `${column} = ${make(high)}`],
});

/** One of these words, each of them, and no other. */
export const oneOf = (column: string, words: readonly string[]): CheckCase => ({
  refused: [`${column} = 'another'`],
  allowed: words.map((word) => `${column} = '${word}'`),
});
