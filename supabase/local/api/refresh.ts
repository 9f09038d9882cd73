import type { Pool } from 'pg';

type Send = (request: Request) => Promise<Response>;

/** How long a replaced refresh token is good, in seconds. */
export const REUSE_INTERVAL = 10;

/**
 * Refreshes a session. Within the reuse interval hosted Auth takes any token that was replaced: a request may come late, after the
 * same client has given it up and refreshed again. lite takes only the one before the present token, and ends the session for any
 * other; so that one is sent in its place.
 */
export async function refresh(request: Request, send: Send, pool: Pool): Promise<Response> {
  const body = (await request
    .clone()
    .json()
    .catch(() => null)) as { readonly refresh_token?: unknown } | null;
  if (typeof body?.refresh_token !== 'string') return send(request);
  const { rows } = await pool.query<{ parent: string }>(
    `select present.parent
    from auth.refresh_tokens used
    join auth.refresh_tokens present on present.session_id = used.session_id and not present.revoked
    where used.token = $1 and used.revoked and used.updated_at > now() - make_interval(secs => $2)
      and present.parent is not null`,
    [body.refresh_token, REUSE_INTERVAL],
  );
  const [latest] = rows;
  if (latest === undefined) return send(request);
  return send(
    new Request(request, { method: 'POST', body: JSON.stringify({ ...body, refresh_token: latest.parent }) }),
  );
}
