import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool, type ToolOptions } from './run-tool.ts';
import { type Counts, countTests, type Report } from './test-counts.ts';

export interface SuiteRun {
  readonly counts: Counts;
  readonly output: string;
  /** Null when Vitest did not get as far as writing it. */
  readonly report: Report | null;
}

/** A run that takes longer hangs. */
const LONGEST_MS = 15 * 60_000;

/** Runs Vitest projects and counts their tests. A run that hangs is ended, and counts as failed. */
export async function runSuites(
  projects: readonly string[],
  options: ToolOptions & {
    /** Parts of the paths of test files; absent: all of the projects'. */
    readonly files?: readonly string[];
  },
): Promise<SuiteRun> {
  const folder = mkdtempSync(join(tmpdir(), 'sideroom-report-'));
  const reportFile = join(folder, 'report.json');
  const reporter = options.inherit ? 'default' : 'minimal';
  try {
    const args = ['run', ...(options.files ?? []), ...projects.flatMap((name) => ['--project', name])];
    const reports = [`--reporter=${reporter}`, '--reporter=json', `--outputFile.json=${reportFile}`];
    const signal = AbortSignal.any([options.signal, AbortSignal.timeout(LONGEST_MS)]);
    const { code, output } = await runTool('vitest', [...args, ...reports], { ...options, signal });
    const report = readReport(reportFile);
    return { counts: countTests(report, code), output, report };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(file: string): Report | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
