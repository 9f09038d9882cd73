import type { TaskMeta } from 'vitest';
import type { Section } from '../../bench/support/bench.ts';
import '../../tests/support/findings.ts';
import { runSuites } from '../command/run-suites.ts';

/** A part of the tests that attack something. */
export interface Suite {
  readonly projects: readonly string[];
  /** Parts of the paths of its test files. */
  readonly files: readonly string[];
  /** What its tests found, in words and tables. */
  tell(findings: readonly Finding[]): Section;
  /** How many lines of it are worth showing in a terminal. */
  readonly preview: number;
}

/** A test, and what it noted of what it saw. */
export interface Finding {
  /** Path of the test file from the project's folder. */
  readonly file: string;
  readonly name: string;
  readonly passed: boolean;
  readonly meta: TaskMeta;
}

interface Reported {
  readonly fullName: string;
  readonly status: string;
  readonly meta?: TaskMeta;
}

/** Runs the tests. A file that could not be run at all is a finding too, and has not passed. */
export async function runFindings({ projects, files }: Suite, signal: AbortSignal): Promise<Finding[]> {
  const { report, counts } = await runSuites(projects, { files, signal, inherit: true });
  const findings = (report?.testResults ?? []).flatMap(({ name, assertionResults }) =>
    (assertionResults as readonly Reported[]).map(({ fullName, status, meta = {} }) => ({
      file: name.slice(name.lastIndexOf('/tests/') + 1),
      name: fullName,
      passed: status === 'passed',
      meta,
    })),
  );
  const isBroken = counts.failed > findings.filter(({ passed }) => !passed).length;
  return isBroken
    ? [...findings, { file: files.join(), name: `${files.join(', ')}: could not be run`, passed: false, meta: {} }]
    : findings;
}
