/** US dollars for a million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
}

/** As second-hand pages gave them in November 2026: a measure for comparing, not an offer. */
export const PRICES = {
  'gpt-6-luna': { input: 0.1, output: 0.5 },
  'gpt-6.1-terra': { input: 1, output: 5 },
  'gpt-6.1-sol': { input: 2, output: 10 },
} as const satisfies Readonly<Record<string, Price>>;

export function costOf({ input, output }: Price, inputTokens: number, outputTokens: number): number {
  return (input * inputTokens + output * outputTokens) / 1_000_000;
}
