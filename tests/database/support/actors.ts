import type { ReservedSql, Sql, TransactionSql } from 'postgres';

/** Who speaks to the database, as PostgREST would let them: by role and token claims. */
export type Actor =
  | { readonly role: 'anon' }
  | { readonly role: 'authenticated'; readonly id: string }
  | { readonly role: 'service_role' };

export const ANON: Actor = { role: 'anon' };
export const SERVICE: Actor = { role: 'service_role' };

export function person(id: string): Actor {
  return { role: 'authenticated', id };
}

/** Runs `work` in one transaction as the actor: row-level security, grants and `auth.uid()` are those of a request. */
export async function as<T>(sql: Sql, actor: Actor, work: (tx: TransactionSql) => Promise<T>): Promise<T> {
  const result = await sql.begin(async (tx) => {
    await become(tx, actor);
    return { value: await work(tx) };
  });
  return result.value;
}

/** Makes an open transaction speak as the actor until it ends. */
export async function become(tx: TransactionSql | ReservedSql, actor: Actor): Promise<void> {
  const claims = actor.role === 'authenticated' ? { role: actor.role, sub: actor.id } : { role: actor.role };
  await tx`select set_config('request.jwt.claims', ${JSON.stringify(claims)}, true), set_config('role', ${actor.role}, true)`;
}
