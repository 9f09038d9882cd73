/** `npm run check`: format, lint, layers, types, dead code, packages and unit tests. Needs no server and no browser. */
import { runSteps } from './checks/run-steps.ts';
import { STEPS } from './checks/steps.ts';
import { listenForStop } from './command/stop-signal.ts';

const signal = listenForStop();
const reports = await runSteps(STEPS, signal);
process.exitCode = !signal.aborted && reports.every(({ ok }) => ok) ? 0 : 1;
