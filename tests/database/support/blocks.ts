import type { Sql } from 'postgres';
import { as, person } from './actors.ts';
import type { TestPerson } from './people.ts';

/** Blocks somebody, or takes it back. */
export async function block(sql: Sql, who: TestPerson, whom: { readonly id: string }, on = true): Promise<void> {
  await as(sql, person(who.id), (tx) => tx`select public.set_block(${whom.id}, ${on})`);
}
