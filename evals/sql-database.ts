import type { Sql } from 'postgres';
import * as v from 'valibot';
import type { Database } from '../supabase/functions/_shared/database.ts';
import { as, SERVICE } from '../tests/database/support/actors.ts';

/** The database as the functions have it, without the way through REST. */
export function connectAsService(sql: Sql): Database {
  return {
    async call(name, args, result) {
      const named = Object.keys(args).map((key, index) => `${key} => $${index + 1}`);
      const [row] = await as(sql, SERVICE, (tx) =>
        tx.unsafe<{ result: unknown }[]>(
          `select public.${name}(${named.join(', ')}) as result`,
          Object.values(args) as (string | number | null)[],
        ),
      );
      return v.parse(result, row?.result);
    },
  };
}
