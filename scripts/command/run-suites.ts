import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool, type ToolOptions } from './run-tool.ts';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface SuiteRun {
  readonly counts: Counts;
  readonly output: string;
}

/** The part of Vitest's JSON report that is read. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

/**
 * Runs Vitest projects and counts their tests. What failed outside of any test (a file that cannot be loaded, a failed set-up, an
 * unhandled error, no test at all) counts as one failure, so that a run is never better than its exit code.
 */
export async function runSuites(projects: readonly string[], options: ToolOptions): Promise<SuiteRun> {
  const folder = mkdtempSync(join(tmpdir(), 'sideroom-report-'));
  const reportFile = join(folder, 'report.json');
  const reporter = options.inherit ? 'default' : 'minimal';
  try {
    const args = ['run', ...projects.flatMap((name) => ['--project', name])];
    const reports = [`--reporter=${reporter}`, '--reporter=json', `--outputFile.json=${reportFile}`];
    const { code, output } = await runTool('vitest', [...args, ...reports], options);
    return { counts: count(readReport(reportFile), code), output };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function addUp(counts: readonly Counts[]): Counts {
  return counts.reduce(
    (sum, one) => ({
      passed: sum.passed + one.passed,
      failed: sum.failed + one.failed,
      skipped: sum.skipped + one.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/** Null when Vitest did not get as far as writing it. */
function readReport(file: string): Report | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function count(report: Report | null, exitCode: number): Counts {
  if (report === null) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests: passed, numFailedTests, numPendingTests, numTodoTests, testResults } = report;
  const brokenFiles = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  const failed = numFailedTests + brokenFiles;
  const hidden = failed === 0 && (exitCode !== 0 || passed === 0) ? 1 : 0;
  return { passed, failed: failed + hidden, skipped: numPendingTests + numTodoTests };
}
