import type { Relative } from '../../lib/model/family.ts';

/** A code in two halves, as it is read out or typed. */
export function shownCode(code: string): string {
  const half = Math.ceil(code.length / 2);
  return `${code.slice(0, half)}-${code.slice(half)}`;
}

/** Two people may have the same name. */
export function fullName({ displayName, username }: Relative): string {
  return `${displayName} (@${username})`;
}
