import { plural } from '../time-words.ts';

/** What people are offered, in days; null: for ever. */
export const RETENTIONS: readonly (number | null)[] = [null, 1, 7, 30, 90, 365, 1825, 3650];

/** How long something is kept: `for 30 days`, `for 1 year`, `for ever`. */
export function retentionWords(days: number | null): string {
  if (days === null) return 'for ever';
  return `for ${days % 365 === 0 ? plural(days / 365, 'year') : plural(days, 'day')}`;
}
