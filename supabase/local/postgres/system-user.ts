import { execFileSync } from 'node:child_process';

/** Whom Postgres runs as when we are root, which it refuses to be; undefined: as ourselves. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

/** The user `postgres` when this process is root, made when the system has none. */
export function systemUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return lookUp('postgres') ?? create('postgres');
}

function lookUp(name: string): SystemUser | undefined {
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    // `id` fails exactly when there is no such user.
    return undefined;
  }
}

function create(name: string): SystemUser {
  execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', name], {
    stdio: 'ignore',
  });
  const user = lookUp(name);
  if (user === undefined)
    throw new Error(`The system user ${name}, as which Postgres runs when you are root, could not be made.`);
  return user;
}
