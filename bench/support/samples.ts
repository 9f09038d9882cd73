/** What a measurement found, in milliseconds unless said otherwise. */
export interface Summary {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** The nearest-rank percentiles of samples. Throws when there are none. */
export function summarise(samples: readonly number[]): Summary {
  if (samples.length === 0) throw new Error('nothing was measured');
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** A table row of a summary; times of less than some milliseconds want two decimals. */
export function row(name: string, { count, p50, p95, p99 }: Summary, decimals = 1): string {
  const [a, b, c] = [p50, p95, p99].map((time) => time.toFixed(decimals));
  return `| ${name} | ${count} | ${a} | ${b} | ${c} |`;
}

export const SUMMARY_HEAD = '| what | n | p50 ms | p95 ms | p99 ms |\n|---|---|---|---|---|';

/** Milliseconds since 1970 with fractions; comparable between the processes of one machine. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}
