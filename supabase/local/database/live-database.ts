import { setTimeout as sleep } from 'node:timers/promises';
import { type Postgres, type PostgresOptions, startPostgres } from '../postgres/postgres.ts';
import { prepareDatabase } from './prepare.ts';

export interface LiveDatabase {
  /** Connection string of the superuser. The same for the whole life. */
  readonly adminUrl: string;
  /** Connection string of the role that migrates. */
  readonly migrationUrl: string;
  /** Whether it takes connections, as far as can be known without asking. */
  isUp(): boolean;
  /** For fault tests: ends the server as a crash would. It stays away until `restart`. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface LiveDatabaseOptions extends PostgresOptions {
  readonly log: (line: string) => void;
}

const FIRST_DELAY_MS = 100;
const LAST_DELAY_MS = 5_000;

/** A Postgres with our schema that comes back on the same port when it dies by itself. */
export async function startDatabase({ log, ...options }: LiveDatabaseOptions): Promise<LiveDatabase> {
  const stopping = new AbortController();
  /** Whether it should run; false while a fault test wants it away. */
  let wanted = true;
  let up = false;
  let server = await startPostgres(options);
  const { port } = server;
  const [adminUrl, migrationUrl] = [server.adminUrl(), server.migrationUrl()];
  try {
    await prepareDatabase({ adminUrl, migrationUrl, password: options.password });
  } catch (error) {
    await server.stop();
    throw error;
  }
  watch(server);

  function watch(started: Postgres): void {
    server = started;
    up = true;
    void started.ended.then(() => {
      up = false;
      if (wanted) void revive();
    });
  }

  async function revive(): Promise<void> {
    log('postgres: it ended by itself and is started again');
    for (let delay = FIRST_DELAY_MS; wanted; delay = Math.min(delay * 2, LAST_DELAY_MS)) {
      try {
        await restart();
        return;
      } catch (error) {
        log(`postgres: ${error instanceof Error ? error.message : 'it did not start'}`);
        await sleep(delay, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }

  async function restart(): Promise<void> {
    wanted = true;
    const started = await startPostgres({ ...options, port });
    // Somebody may have asked to stop while it started.
    if (stopping.signal.aborted) await started.stop();
    else watch(started);
  }

  return {
    adminUrl,
    migrationUrl,
    isUp: () => up,
    async kill() {
      wanted = false;
      await server.kill();
    },
    restart,
    async stop() {
      wanted = false;
      stopping.abort();
      await server.stop();
    },
  };
}
