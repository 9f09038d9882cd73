import type { PageReading } from '../model/page-share.ts';

/** Whether a page still says what the person saw in the preview: the same address, and nearly the same words. */
export function isStillSame(before: PageReading, now: PageReading): boolean {
  if (before.facts.url !== now.facts.url || before.kind !== now.kind) return false;
  return 'text' in before && 'text' in now ? before.text === now.text : true;
}
