import type { Server } from './server.ts';

/** What tells a server that hangs from one that is only slow: how long it takes to answer, and what it has been at for long. */
export async function describeServer({ sql, url }: Server): Promise<readonly string[]> {
  const began = performance.now();
  const answer = await fetch(`${url}/rest/v1/`).then(
    ({ status }) => `answered ${status}`,
    () => 'did not answer',
  );
  const after = Math.round(performance.now() - began);
  const long = await sql<{ line: string }[]>`
    select format('%s since %s ms, waits for %s: %s', state, round(extract(epoch from now() - xact_start) * 1000),
      coalesce(wait_event, 'nothing'), left(query, 100)) as line
    from pg_stat_activity where xact_start < now() - interval '1 second' order by xact_start`;
  return [`(the server ${answer} after ${after} ms)`, ...long.map(({ line }) => `(${line})`)];
}
