/**
 * `npm run bench [-- name … [--keep]]`: measures and writes bench/RESULTS.md (only when everything was measured; with `--keep` the
 * named parts take the place of what is there). Needs nothing running.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { buildExtension } from '../scripts/build-extension.ts';
import { startWebsite } from '../tests/e2e/support/pages.ts';
import { anchoring } from './anchoring.ts';
import { bytes } from './bytes.ts';
import { catchUp } from './catch-up.ts';
import { delivery } from './delivery.ts';
import { firstDelta } from './first-delta.ts';
import { history } from './history.ts';
import { hubMemory } from './hub-memory.ts';
import { idleWorker } from './idle-worker.ts';
import { load } from './load.ts';
import { longChats } from './long-chats.ts';
import { modelCost } from './model-cost.ts';
import { opening } from './opening.ts';
import { readingPages } from './reading-pages.ts';
import { repliesAtOnce } from './replies-at-once.ts';
import { replyToMany } from './reply-to-many.ts';
import { startBackend } from './support/backend.ts';
import type { Bench, Section } from './support/bench.ts';
import { replaceSections } from './support/results.ts';
import { throughput } from './throughput.ts';
import { underAttack } from './under-attack.ts';

const BENCHES: Readonly<Record<string, Bench>> = {
  delivery,
  load,
  'catch-up': catchUp,
  opening,
  'long-chats': longChats,
  bytes,
  'first-delta': firstDelta,
  'reply-to-many': replyToMany,
  'replies-at-once': repliesAtOnce,
  'model-cost': modelCost,
  history,
  'hub-memory': hubMemory,
  throughput,
  'reading-pages': readingPages,
  anchoring,
};
/** Takes minutes, or belongs into another report: only when named. */
const SLOW: Readonly<Record<string, Bench>> = { idle: idleWorker, 'under-attack': underAttack };
const RESULTS = fileURLToPath(new URL('RESULTS.md', import.meta.url));

const keep = process.argv.includes('--keep');
const wanted = process.argv.slice(2).filter((word) => word !== '--keep');
const unknown = wanted.find((name) => !(name in { ...BENCHES, ...SLOW }));
if (unknown !== undefined) {
  console.error(`There is no bench "${unknown}". Choose among: ${Object.keys({ ...BENCHES, ...SLOW }).join(', ')}.`);
  process.exit(1);
}

const stack = await startBackend();
const website = await startWebsite();
try {
  const { url: supabaseUrl, publishableKey } = stack.backend;
  const extensionDir = await buildExtension({ supabaseUrl, publishableKey, outDir: '.output-bench' });
  const context = { ...stack.backend, extensionDir, website: website.url, progress };
  const sections: Section[] = [];
  for (const [name, bench] of Object.entries(wanted.length > 0 ? { ...BENCHES, ...SLOW } : BENCHES)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const section = await bench(context);
    sections.push(section);
    console.log(`\n## ${section.title}\n\n${section.lines.join('\n')}`);
  }
  if (wanted.length === 0) writeFileSync(RESULTS, report(sections));
  else if (keep) writeFileSync(RESULTS, replaceSections(readFileSync(RESULTS, 'utf8'), sections));
} finally {
  await website.stop();
  await stack.stop();
}

function report(sections: readonly Section[]): string {
  const [cpu] = cpus();
  const machine = `${cpus().length} × ${cpu?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${arch()}, Node ${process.version}`;
  const head = `# Measurements\n\nMade by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}. Machine: ${machine}. Everything (browsers, backend, database with fsync on) shares it, so read the ratios, not the times.`;
  return `${[head, ...sections.map(({ title, lines }) => `## ${title}\n\n${lines.join('\n')}`)].join('\n\n')}\n`;
}

function progress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`);
}
