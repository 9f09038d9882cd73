import type { PostgresConnection } from '@supabase/lite/postgres';
import { answer, toPostgrestError } from './errors.ts';

const ROLES = new Set(['anon', 'authenticated', 'service_role']);

/**
 * Stands where lite hands a request's statements to Postgres. Refuses every role but the API's three there: lite would become
 * whatever a rightly signed token names, the superuser included. Gives failures the form in which lite answers them as PostgREST.
 */
export function guardStatements(connection: PostgresConnection): void {
  const withContext = connection.withContext.bind(connection);
  connection.withContext = async (vars, run, options) => {
    const role = roleIn(vars);
    if (!ROLES.has(role)) throw answer(401, { code: 'PGRST301', message: 'JWT role is not allowed' });
    try {
      return await withContext(vars, run, options);
    } catch (error) {
      throw toPostgrestError(error, role);
    }
  };
}

/**
 * At its first request lite grants everything on all tables to the API's roles, which would undo every revoke and column grant of
 * the migrations. It skips that when it believes to have done it. tests/database/grants-canary.test.ts watches over this.
 */
export function keepGrants(connection: PostgresConnection): void {
  (connection as unknown as { rlsState: 'active' }).rlsState = 'active';
}

/** The role that lite is about to take on; `anon` where a token names none. */
function roleIn(vars: unknown): string {
  const auth = typeof vars === 'object' && vars !== null && 'auth' in vars ? vars.auth : undefined;
  const role = typeof auth === 'object' && auth !== null && 'role' in auth ? auth.role : undefined;
  return role === undefined ? 'anon' : String(role);
}
