const WIDE = /[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3fffd}]/gu;

/** About how many tokens a text costs: one per Chinese, Japanese or Korean character, one per four of any other. */
export function estimateTokens(text: string): number {
  const wide = text.match(WIDE)?.length ?? 0;
  return wide + Math.ceil((text.length - wide) / 4);
}

/** The longest run of items at the end of the list that costs no more than `budget`; always at least the last one. */
export function takeLast<T>(items: readonly T[], budget: number, cost: (item: T) => number): readonly T[] {
  let left = budget;
  let start = items.length;
  while (start > 0) {
    const item = items[start - 1] as T;
    left -= cost(item);
    if (left < 0 && start < items.length) break;
    start -= 1;
  }
  return items.slice(start);
}
