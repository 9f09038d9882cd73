import { arch, cpus, platform, totalmem } from 'node:os';
import type { Section } from '../../bench/support/bench.ts';
import type { Finding } from './findings.ts';

/** docs/security.md. */
export function assemble(sections: readonly Section[], failed: readonly Finding[]): string {
  const [cpu] = cpus();
  const machine = `${cpus().length} × ${cpu?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${arch()}`;
  const head = [
    '# Security, as tested',
    `Made by \`npm run security -- --report\` on ${new Date().toISOString().slice(0, 10)}. Machine: ${machine}. All of it but the load runs in \`npm test\` too.`,
    failed.length === 0
      ? 'Everything that is a test held; aims that were missed say so below.'
      : `${failed.length} tests did not hold:\n\n${failed.map(({ name }) => `- ${name}`).join('\n')}`,
  ];
  return `${[...head, ...sections.map(({ title, lines }) => `## ${title}\n\n${lines.join('\n')}`)].join('\n\n')}\n`;
}
