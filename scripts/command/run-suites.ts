import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool, type ToolOptions } from './run-tool.ts';
import { type Counts, countTests, type Report } from './test-counts.ts';

export interface SuiteRun {
  readonly counts: Counts;
  readonly output: string;
}

/** Runs Vitest projects and counts their tests. */
export async function runSuites(projects: readonly string[], options: ToolOptions): Promise<SuiteRun> {
  const folder = mkdtempSync(join(tmpdir(), 'sideroom-report-'));
  const reportFile = join(folder, 'report.json');
  const reporter = options.inherit ? 'default' : 'minimal';
  try {
    const args = ['run', ...projects.flatMap((name) => ['--project', name])];
    const reports = [`--reporter=${reporter}`, '--reporter=json', `--outputFile.json=${reportFile}`];
    const { code, output } = await runTool('vitest', [...args, ...reports], options);
    return { counts: countTests(readReport(reportFile), code), output };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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
