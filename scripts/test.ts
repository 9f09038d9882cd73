/** `npm test`: all that can be tested on this machine. The last line sums it up. */
import { runSteps } from './checks/run-steps.ts';
import { STEPS } from './checks/steps.ts';
import { runSuites } from './command/run-suites.ts';
import { listenForStop } from './command/stop-signal.ts';
import { addUp, type Counts } from './command/test-counts.ts';

const signal = listenForStop();

const checks = await runSteps(STEPS, signal);
const counts: Counts[] = checks.map(({ ok, counts }) => counts ?? { passed: 0, failed: ok ? 0 : 1, skipped: 0 });
// The browser shares the machine with nothing else, so that what is waited for comes in time.
for (const projects of [['contract', 'database'], ['simulator'], ['e2e'], ['pages'], ['gallery']]) {
  if (!signal.aborted) counts.push((await runSuites(projects, { signal, inherit: true })).counts);
}

const { passed, failed, skipped } = addUp(counts);
console.log(`\n${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`);
process.exitCode = failed === 0 && passed > 0 && !signal.aborted ? 0 : 1;
