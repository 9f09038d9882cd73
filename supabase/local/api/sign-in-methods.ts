import type { Sql } from 'postgres';

/** One entry of the claim `amr`: how, and when in seconds since 1970. */
export interface MethodClaim {
  readonly method: string;
  readonly timestamp: number;
}

/** Notes by what method a session was opened, where hosted projects do, and gives all of its methods, newest first. */
export async function rememberMethods(sql: Sql, session: string, method: string | null): Promise<MethodClaim[]> {
  if (method !== null) {
    await sql`
      insert into auth.mfa_amr_claims (session_id, authentication_method) values (${session}, ${method})
      on conflict (session_id, authentication_method) do update set updated_at = now()`;
  }
  return sql<MethodClaim[]>`
    select authentication_method as method, floor(extract(epoch from updated_at))::integer as timestamp
    from auth.mfa_amr_claims where session_id = ${session} order by updated_at desc`;
}
