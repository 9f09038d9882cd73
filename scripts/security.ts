/**
 * `npm run security [-- --report] [-- part …]`: attacks everything from the outside and says what held. With `--report` it writes
 * docs/security.md, for which it needs all parts. Ends with an error when a test failed or a mutant survived; missed aims of load
 * and time stand in the report alone.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Section } from '../bench/support/bench.ts';
import { ROOT } from './command/project.ts';
import { listenForStop } from './command/stop-signal.ts';
import { type Finding, runFindings } from './security/findings.ts';
import { measureLoad } from './security/load.ts';
import { assemble } from './security/report.ts';
import { SUITES } from './security/suites.ts';

const { values, positionals } = parseArgs({
  options: { report: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const parts = [...Object.keys(SUITES), 'load'];
const unknown = positionals.find((part) => !parts.includes(part));
if (unknown !== undefined) {
  console.error(`There is no part "${unknown}". Choose among: ${parts.join(', ')}.`);
  process.exit(1);
}
if (values.report && positionals.length > 0) {
  console.error('The report takes all parts: leave their names out.');
  process.exit(1);
}

const signal = listenForStop();
const isWanted = (part: string) => positionals.length === 0 || positionals.includes(part);
const findings: Finding[] = [];
const sections: Section[] = [];
for (const [part, suite] of Object.entries(SUITES)) {
  if (!isWanted(part) || signal.aborted) continue;
  console.log(`\n# ${part}`);
  const found = await runFindings(suite, signal);
  findings.push(...found);
  const section = suite.tell(found);
  sections.push(section);
  console.log(`\n## ${section.title}\n\n${section.lines.slice(0, suite.preview).join('\n')}`);
}
if (isWanted('load') && !signal.aborted) {
  const section = await measureLoad();
  sections.push(section);
  console.log(`\n## ${section.title}\n\n${section.lines.join('\n')}`);
}

const failed = findings.filter(({ passed }) => !passed);
for (const { name } of failed) console.log(`failed: ${name}`);
console.log(`\n${findings.length - failed.length} held, ${failed.length} did not`);
process.exitCode = failed.length === 0 && !signal.aborted ? 0 : 1;
if (values.report && !signal.aborted) writeFileSync(join(ROOT, 'docs/security.md'), assemble(sections, failed));
