import type { Difficulty } from '../_shared/replies.ts';

/** Longer questions bring material along or want several things. */
const LONG = 1_200;
const SHORT = 80;

/** Code, a formula, or several questions at once. */
const HARD = /```|\$\$|\\(?:frac|sum|int|begin)\b|[=<>≤≥]\s*[-\d(a-z]+\s*[*^/]|\?[^?]+\?[^?]+\?/i;

/**
 * How hard a question looks, for where no model was asked about it: by its length and by signs that are the same in every language.
 * The same text always gives the same answer.
 */
export function measureDifficulty(text: string): Difficulty {
  const words = text.replace(/@(ai|sideroom)\b/gi, '').trim();
  if (words.length >= LONG || HARD.test(words)) return 'hard';
  return words.length <= SHORT && !words.includes('\n') ? 'easy' : 'normal';
}
