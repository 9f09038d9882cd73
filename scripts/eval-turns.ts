/**
 * `npm run eval:turns [-- --record] [-- situation …]`: how well the AI judges when to speak, on the labelled moments in
 * evals/situations. Writes evals/RESULTS.md (only for the whole set). With OPENAI_API_KEY or OPENAI_BASE_URL it asks the real gate,
 * and `--record` keeps what that answered.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startOwnDatabase } from '../bench/support/own-database.ts';
import { runGates } from '../evals/gates.ts';
import { loadSituations } from '../evals/load.ts';
import { report } from '../evals/report.ts';
import { runRules } from '../evals/rules-step.ts';

const RESULTS = fileURLToPath(new URL('../evals/RESULTS.md', import.meta.url));

const { values, positionals } = parseArgs({
  options: { record: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const situations = loadSituations();
const unknown = positionals.find((name) => !situations.some((situation) => situation.name === name));
if (unknown !== undefined) {
  console.error(`There is no situation "${unknown}". Choose among: ${situations.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}
const wanted = situations.filter(({ name }) => positionals.length === 0 || positionals.includes(name));

const database = await startOwnDatabase();
try {
  const rules = await runRules(database.sql, wanted);
  const runs = await runGates(rules, process.env, values.record && positionals.length === 0);
  const text = report(rules, runs);
  console.log(text);
  if (positionals.length === 0) writeFileSync(RESULTS, text);
} finally {
  await database.stop();
}
