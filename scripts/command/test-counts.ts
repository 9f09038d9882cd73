export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The part of Vitest's JSON report that is read. */
export interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly unknown[];
  }[];
}

/**
 * Counts the tests of a run; null stands for a report that was never written. What failed outside of any test (a file that cannot be
 * loaded, a failed set-up, an unhandled error, no test at all) counts as one failure, so that a run is never better than its exit code.
 */
export function countTests(report: Report | null, exitCode: number): Counts {
  if (report === null) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests: passed, numFailedTests, numPendingTests, numTodoTests, testResults } = report;
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  const failed = numFailedTests + broken.length;
  const hidden = failed === 0 && (exitCode !== 0 || passed === 0) ? 1 : 0;
  return { passed, failed: failed + hidden, skipped: numPendingTests + numTodoTests };
}

export function addUp(counts: readonly Counts[]): Counts {
  const sum = (part: keyof Counts) => counts.reduce((total, one) => total + one[part], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}
