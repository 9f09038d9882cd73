import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tryLock, waitForLock } from '../../../scripts/setup/lock.mjs';
import { birthOf } from '../../../scripts/setup/process-identity.mjs';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sideroom-lock-'));
  path = join(folder, 'a', 'b.lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a lock file', () => {
  test('is held by one and given back', () => {
    const first = tryLock(path);
    expect(first.taken).toBe(true);
    expect(tryLock(path)).toEqual({ taken: false, holder: process.pid });
    if (first.taken) first.release();
    expect(tryLock(path).taken).toBe(true);
    expect(readdirSync(join(folder, 'a'))).toEqual(['b.lock']);
  });

  test('of a process that was killed is taken over', async () => {
    const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    await once(holder, 'spawn');
    const pid = holder.pid ?? 0;
    writeLock({ pid, birth: birthOf(pid) });
    expect(tryLock(path)).toEqual({ taken: false, holder: pid });
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(tryLock(path).taken).toBe(true);
  });

  test('is taken over when its process id belongs to another process by now', () => {
    writeLock({ pid: process.pid, birth: 'long ago' });
    expect(tryLock(path).taken).toBe(true);
  });

  test('is waited for', async () => {
    const first = tryLock(path);
    const waited: number[] = [];
    const second = waitForLock(path, (holder) => {
      waited.push(holder);
      if (first.taken) first.release();
    });
    (await second)();
    expect(waited).toEqual([process.pid]);
  });
});

function writeLock(content: object): void {
  const lock = tryLock(path);
  if (!lock.taken) throw new Error('the lock was held already');
  writeFileSync(path, JSON.stringify(content));
}
