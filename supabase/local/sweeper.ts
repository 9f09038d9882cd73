import { setTimeout as sleep } from 'node:timers/promises';
import { openPool } from './pool.ts';

export interface SweeperOptions {
  readonly adminUrl: string;
  readonly gatewayUrl: string;
  readonly secretKey: string;
  readonly intervalMs?: number;
  readonly log?: (line: string) => void;
}

const CALL_MS = 10_000;
const PURGE_EVERY_MS = 3_600_000;

/**
 * Calls the function reply whenever a reply job is due: one that nobody poked, or whose worker died; and the function purge each
 * hour. On hosted projects pg_cron does this. Asks the database alone while there is nothing to do, and waits out a database or a function that is away. Also has the
 * database forget the tries of invites that no longer count.
 */
export function startSweeper(options: SweeperOptions): { stop(): Promise<void> } {
  const { log = () => undefined, intervalMs = 2_000 } = options;
  const stopping = new AbortController();
  let purgedAt = Date.now();
  const pool = openPool({ connectionString: options.adminUrl, max: 1, query_timeout: CALL_MS });

  async function sweep(): Promise<void> {
    await pool.query('select private.forget_tries()');
    if (Date.now() - purgedAt > PURGE_EVERY_MS) {
      purgedAt = Date.now();
      await call('purge');
    }
    const { rows } = await pool.query<{ due: boolean }>('select public.reply_due() as due');
    if (rows[0]?.due !== true) return;
    await call('reply');
  }

  async function call(name: 'reply' | 'purge'): Promise<void> {
    const response = await fetch(`${options.gatewayUrl}/functions/v1/${name}`, {
      method: 'POST',
      headers: { apikey: options.secretKey, 'content-type': 'application/json' },
      body: '{}',
      signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(CALL_MS)]),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`${name} answered ${response.status}`);
  }

  async function run(): Promise<void> {
    // A trouble is told once, not at every sweep that meets it.
    let told = '';
    while (!stopping.signal.aborted) {
      const trouble = await sweep().then(
        () => '',
        (error: unknown) => describe(error),
      );
      if (trouble !== '' && trouble !== told && !stopping.signal.aborted) log(`sweeper: ${trouble}`);
      told = trouble;
      await sleep(intervalMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
      await pool.end();
    },
  };
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  const cause = error.cause instanceof Error ? error.cause : error;
  return 'code' in cause && typeof cause.code === 'string' ? `${error.name} ${cause.code}` : error.message;
}
