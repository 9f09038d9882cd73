import type { Server } from './server.ts';

/** What tells a server that hangs from one that is only slow: how long it takes to answer, and what its database is at. */
export async function describeServer({ sql, url, secretKey }: Server): Promise<readonly string[]> {
  const began = performance.now();
  const answer = await fetch(`${url}/rest/v1/chats?select=id&limit=1`, {
    headers: { apikey: secretKey },
    signal: AbortSignal.timeout(20_000),
  }).then(
    ({ status }) => `answered ${status}`,
    () => 'did not answer',
  );
  const after = Math.round(performance.now() - began);
  const sessions = await sql<{ line: string }[]>`
    select format('%s %s of %s, waiting for %s, at most since %s ms: %s', count(*), state, coalesce(nullif(application_name, ''), usename),
      coalesce(wait_event, 'nothing'), max(round(extract(epoch from now() - state_change) * 1000)), max(left(query, 100))) as line
    from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()
    group by state, application_name, usename, wait_event`;
  return [`(the server ${answer} after ${after} ms)`, ...sessions.map(({ line }) => `(${line})`)];
}
