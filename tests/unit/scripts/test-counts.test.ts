import { describe, expect, test } from 'vitest';
import { addUp, countTests, type Report } from '../../../scripts/command/test-counts.ts';

const report: Report = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };

describe('the count of a test run', () => {
  test('is what the report says', () => {
    expect(countTests(report, 0)).toEqual({ passed: 3, failed: 0, skipped: 0 });
    const mixed = { ...report, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 };
    expect(countTests(mixed, 1)).toEqual({ passed: 3, failed: 2, skipped: 2 });
  });

  test.each([
    ['no report was written', null, 0],
    ['no test ran', { ...report, numPassedTests: 0 }, 0],
    ['something failed outside of the tests', report, 1],
    [
      'a file could not be loaded',
      { ...report, testResults: [{ name: 'a', status: 'failed', assertionResults: [] }] },
      1,
    ],
  ])('has a failure when %s', (_, given, exitCode) => {
    expect(countTests(given, exitCode).failed).toBe(1);
  });

  test('adds up over runs', () => {
    const run = { passed: 1, failed: 2, skipped: 3 };
    expect(addUp([run, run])).toEqual({ passed: 2, failed: 4, skipped: 6 });
    expect(addUp([])).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });
});
