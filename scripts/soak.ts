/** `npm run soak -- --minutes N --seed S [--runs N]`: lives of people and their server, seed after seed, until one goes wrong. */
import { parseArgs } from 'node:util';
import { runSeed } from '../tests/simulator/run.ts';
import { startServer } from '../tests/simulator/server.ts';
import { temporaryFolder } from '../tests/support/folders.ts';
import { listenForStop } from './command/stop-signal.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    runs: { type: 'string', default: 'Infinity' },
  },
});
const signal = listenForStop();
const first = Number(values.seed);
const until = Date.now() + Number(values.minutes) * 60_000;
const folder = temporaryFolder();
const server = await startServer(folder.path);
const total = { runs: 0, messages: 0, faults: 0 };
try {
  for (let seed = first; Date.now() < until && total.runs < Number(values.runs) && !signal.aborted; seed++) {
    const { accepted, struck, settledAfterMs, faults } = await runSeed(server, { seed, steps: 150, crashes: 2 });
    total.runs++;
    total.messages += accepted;
    total.faults += Object.values(struck).reduce((sum, count) => sum + count, 0);
    const kinds = Object.entries(struck).map(([name, count]) => `${count} ${name}`);
    console.log(`seed ${seed}: ${accepted} messages, ${kinds.join(', ')}; settled after ${settledAfterMs} ms`);
    if (faults.length === 0) continue;
    for (const fault of faults) console.log(`  ${fault}`);
    console.log(`Seed ${seed} went wrong. Again: npm run soak -- --seed ${seed} --runs 1`);
    process.exitCode = 1;
    break;
  }
} finally {
  await server.stop();
  folder.remove();
}
console.log(`${total.runs} seeds, ${total.messages} messages, ${total.faults} faults`);
