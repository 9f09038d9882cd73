import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chownSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { SystemUser } from './system-user.ts';

interface Order {
  readonly binFolder: string;
  readonly clusterFolder: string;
  readonly password: string;
  readonly user: SystemUser | undefined;
}

/** Makes the cluster. An attempt that was cut off leaves no PG_VERSION at the top and is cleared away by the next one. */
export async function initialise({ binFolder, clusterFolder, password, user }: Order): Promise<void> {
  for (const entry of readdirSync(clusterFolder)) rmSync(join(clusterFolder, entry), { recursive: true, force: true });
  const passwordFile = join(clusterFolder, `password-${randomUUID()}`);
  const unfinished = join(clusterFolder, 'unfinished');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  mkdirSync(unfinished, { mode: 0o700 });
  if (user !== undefined) {
    chownSync(passwordFile, user.uid, user.gid);
    chownSync(unfinished, user.uid, user.gid);
  }
  const args = [
    '--pgdata',
    unfinished,
    '--username=supabase_admin',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
  ];
  const locale = ['--encoding=UTF8', '--locale=C', '--lc-messages=C', '--locale-provider=icu', '--icu-locale=en-US'];
  try {
    await promisify(execFile)(join(binFolder, 'initdb'), [...args, ...locale, '--no-sync'], { ...user, cwd: '/' });
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new Error(`The database could not be made. initdb said:\n${stderr ?? String(error)}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  // PG_VERSION last: it says that the cluster is whole.
  const entries = readdirSync(unfinished).sort((a, b) => Number(a === 'PG_VERSION') - Number(b === 'PG_VERSION'));
  for (const entry of entries) renameSync(join(unfinished, entry), join(clusterFolder, entry));
  rmSync(unfinished, { recursive: true });
}
