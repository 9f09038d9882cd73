import type { ArticleReading, SelectionReading } from './reading-result.ts';

/** Share of the lines that must still be there: counters, advertisements and “3 minutes ago” change all the time. */
const MOST_OF_IT = 0.9;

/**
 * Whether a page still says what the person saw in the preview: at the same address, a selection word for word and an article but for
 * a few lines. Else the failure is `changed`, and they look again.
 */
export function isStillSame(
  before: ArticleReading | SelectionReading,
  now: ArticleReading | SelectionReading,
): boolean {
  if (before.facts.url !== now.facts.url || before.kind !== now.kind) return false;
  if (before.text === now.text) return true;
  if (before.kind === 'selection') return false;
  const [seen, there] = [linesOf(before.text), linesOf(now.text)];
  return shareOf(seen, there) >= MOST_OF_IT && shareOf(there, seen) >= MOST_OF_IT;
}

function linesOf(text: string): Set<string> {
  return new Set(text.split('\n').filter((line) => line !== ''));
}

/** The share of the characters of these lines that is in the others. */
function shareOf(lines: ReadonlySet<string>, others: ReadonlySet<string>): number {
  let [all, kept] = [0, 0];
  for (const line of lines) {
    all += line.length;
    if (others.has(line)) kept += line.length;
  }
  return all === 0 ? 1 : kept / all;
}
