import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

export interface ProcessEntry {
  /** Program and arguments, separated by spaces. */
  readonly command: string;
  readonly parent: number;
}

/** What runs under this process id; null when nothing does. */
export function lookUpProcess(pid: number): ProcessEntry | null {
  return existsSync('/proc/self/stat') ? readProc(pid) : askPs(pid);
}

function readProc(pid: number): ProcessEntry | null {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // After the name in brackets, which may hold anything: state, parent, …
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? null : { command, parent: Number(parent) };
  } catch (error) {
    if (/^(ENOENT|ESRCH)$/.test((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

function askPs(pid: number): ProcessEntry | null {
  try {
    const line = execFileSync('ps', ['-ww', '-o', 'ppid=,args=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    const [, parent, command] = /^(\d+)\s+(.*)$/s.exec(line) ?? [];
    return command === undefined ? null : { command, parent: Number(parent) };
  } catch (error) {
    // `ps` answers 1 exactly when there is no such process.
    if ((error as { readonly status?: number }).status === 1) return null;
    throw error;
  }
}
