import { spawn } from 'node:child_process';
import type { Outcome } from './step.ts';

/** Severities with which nothing goes out. */
const GRAVE = new Set(['high', 'critical']);

/** What npm's registry answered about the packages that the product contains. */
export type Audit =
  | { readonly asked: true; readonly grave: readonly string[]; readonly others: readonly string[] }
  | { readonly asked: false; readonly why: string };

interface Vulnerability {
  readonly name: string;
  readonly severity: string;
  readonly via: readonly (string | { readonly title: string; readonly url: string })[];
}

/** Reads the answer of `npm audit --json`. Anything but a whole report is no answer, and never a clean one. */
export function readAudit(output: string): Audit {
  let report: {
    auditReportVersion?: unknown;
    vulnerabilities?: Readonly<Record<string, Vulnerability>>;
    message?: unknown;
  };
  try {
    // npm's warnings may stand before it.
    report = JSON.parse(output.slice(Math.max(0, output.indexOf('{'))));
  } catch {
    return { asked: false, why: output.trim().split('\n')[0] || 'npm said nothing' };
  }
  if (report.auditReportVersion !== 2 || typeof report.vulnerabilities !== 'object')
    return { asked: false, why: String(report.message ?? 'npm gave no report').split(' - ')[0] ?? '' };
  const found = Object.values(report.vulnerabilities);
  const told = (grave: boolean) => found.filter(({ severity }) => GRAVE.has(severity) === grave).map(tell);
  return { asked: true, grave: told(true), others: told(false) };
}

function tell({ name, severity, via }: Vulnerability): string {
  const reasons = via.map((each) => (typeof each === 'string' ? `through ${each}` : `${each.title} (${each.url})`));
  return `${name} is known to be vulnerable (${severity}): ${reasons.join(', ')}.`;
}

/**
 * What comes of it. A registry that cannot be asked fails nobody who is offline, but it is said; where `required`, as before a
 * release, no answer is a fault.
 */
export function judgeAudit(audit: Audit, required: boolean): Outcome {
  if (audit.asked) {
    const note = audit.others.join('\n');
    return { ok: audit.grave.length === 0, output: audit.grave.join('\n'), ...(note === '' ? {} : { note }) };
  }
  const note = `The registry could not be asked for known vulnerabilities (${audit.why}): nothing is known of them.`;
  return required ? { ok: false, output: note } : { ok: true, output: '', note };
}

/** Asks npm about what the lockfile says is shipped; with little patience. */
export function askNpm(root: string, signal: AbortSignal, registry?: string): Promise<Audit> {
  const args = ['audit', '--omit=dev', '--json', '--package-lock-only', '--fetch-retries=0', '--fetch-timeout=15000'];
  if (registry !== undefined) args.push(`--registry=${registry}`);
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  const [command, given] = npm?.endsWith('npm-cli.js') ? [node ?? process.execPath, [npm, ...args]] : ['npm', args];
  const child = spawn(command, given, {
    cwd: root,
    signal,
    shell: command === 'npm' && process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  return new Promise((resolve) => {
    child.on('error', ({ message }) => resolve({ asked: false, why: message }));
    child.on('close', () => resolve(readAudit(output)));
  });
}
