import search from 'approx-string-match';

/** How alike two short texts are, from 0 to 1: one less the share of characters that differ. Two empty texts are alike. */
export function similarity(a: string, b: string): number {
  if (a === b) return 1;
  if (a === '' || b === '') return 0;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  const errors = search(long, short, short.length)[0]?.errors ?? short.length;
  return Math.max(0, 1 - (errors + (long.length - short.length)) / long.length);
}
