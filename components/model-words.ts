import type { ModelRoute, ModelSlot } from '../lib/model/chat.ts';

/** What each model is for, in a word. */
export const SLOT_NAMES: Record<ModelSlot, string> = { small: 'Quick', standard: 'Standard', large: 'Thorough' };

const DIFFICULTY = { easy: 'an easy question', normal: 'an ordinary question', hard: 'a hard question' } as const;

/** Which model answered and why, in a few words. */
export function routeWords({ slot, missing, pinned, because }: ModelRoute): string {
  if (missing) return `Standard, because no “${SLOT_NAMES[slot]}” one is set up`;
  const name = SLOT_NAMES[slot];
  if (pinned) return `${name}, as picked`;
  const reasons = [
    because.difficulty !== null && DIFFICULTY[because.difficulty],
    because.images === true && 'pictures',
    because.files === true && 'files',
    because.tokens !== null && 'much to read',
    because.plan !== null && `the plan ${because.plan}`,
  ].filter((reason) => reason !== false);
  return reasons.length === 0 ? `${name}, as usual` : `${name}, for ${reasons.join(' and ')}`;
}

/** Money as it is written, down to what is worth telling. */
export function costWords(micros: number | null, currency: string | null): string {
  if (micros === null || currency === null) return 'unknown';
  const amount = micros / 1_000_000;
  const digits = amount !== 0 && amount < 1 ? { maximumSignificantDigits: 2 } : {};
  return new Intl.NumberFormat('en', { style: 'currency', currency, ...digits }).format(amount);
}
