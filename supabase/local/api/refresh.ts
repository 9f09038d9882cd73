import type { Pool, PoolClient } from 'pg';
import { onConnection } from './statements.ts';

type Send = (request: Request) => Promise<Response>;

/** How long a replaced refresh token is good, in seconds. */
export const REUSE_INTERVAL = 10;

/**
 * Refreshes a session, as hosted Auth does: one after another for each session, and wholly or not at all. lite takes back the old
 * token and makes the new one in separate statements; whoever came in between, or after a crash in between, was signed out.
 */
export async function refresh(request: Request, send: Send, pool: Pool): Promise<Response> {
  const body = (await request
    .clone()
    .json()
    .catch(() => null)) as { readonly refresh_token?: unknown } | null;
  const token = body?.refresh_token;
  if (typeof token !== 'string') return send(request);
  return inTransaction(pool, async (client) => {
    await client.query(
      `select from auth.sessions where id = (select t.session_id from auth.refresh_tokens t where t.token = $1) for update`,
      [token],
    );
    const body = JSON.stringify({ refresh_token: await usable(client, token) });
    return onConnection(client, () => send(new Request(request, { method: 'POST', body })));
  });
}

/**
 * Within the reuse interval hosted Auth takes any token that was replaced: a request may come late, after the same client has given it
 * up and refreshed again. lite takes only the one before the present token, and ends the session for any other; so that one is used in
 * its place.
 */
async function usable(client: PoolClient, token: string): Promise<string> {
  const { rows } = await client.query<{ parent: string }>(
    `select present.parent
    from auth.refresh_tokens used
    join auth.refresh_tokens present on present.session_id = used.session_id and not present.revoked
    where used.token = $1 and used.revoked and used.updated_at > now() - make_interval(secs => $2)
      and present.parent is not null`,
    [token, REUSE_INTERVAL],
  );
  return rows[0]?.parent ?? token;
}

/** What is answered is kept; where the server failed, nothing is. */
async function inTransaction(pool: Pool, work: (client: PoolClient) => Promise<Response>): Promise<Response> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const response = await work(client);
    await client.query(response.status < 500 ? 'commit' : 'rollback');
    return response;
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(broken);
  }
}
