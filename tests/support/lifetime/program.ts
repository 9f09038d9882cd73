// Stands in for a command that runs until it is stopped.
import { once } from 'node:events';
import { listenForStop } from '../../../scripts/command/stop-signal.ts';

const signal = listenForStop();
const work = setInterval(() => undefined, 1000);
process.stdout.write(`program ${process.pid}\n`);
if (!signal.aborted) await once(signal, 'abort');
clearInterval(work);
process.stdout.write('stopped\n');
process.exitCode = 7;
