import type { Pool } from 'pg';

/** One entry of the claim `amr`: how, and when in seconds since 1970. */
export interface MethodClaim {
  readonly method: string;
  readonly timestamp: number;
}

/** Notes by what method a session was opened, where hosted projects do, and gives all of its methods, newest first. */
export async function rememberMethods(pool: Pool, session: string, method: string | null): Promise<MethodClaim[]> {
  if (method !== null) {
    await pool.query(
      `insert into auth.mfa_amr_claims (session_id, authentication_method) values ($1, $2)
       on conflict (session_id, authentication_method) do update set updated_at = now()`,
      [session, method],
    );
  }
  const { rows } = await pool.query<MethodClaim>(
    `select authentication_method as method, floor(extract(epoch from updated_at))::integer as timestamp
     from auth.mfa_amr_claims where session_id = $1 order by updated_at desc`,
    [session],
  );
  return rows;
}
