import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import { as, person } from './actors.ts';

export interface TestPerson {
  readonly id: string;
  readonly username: string;
}

let made = 0;

/** A signed-up person with a profile. */
export async function createPerson(sql: Sql, name = 'person'): Promise<TestPerson> {
  const { id } = await createUser(sql);
  const username = `${name}_${++made}`;
  await as(sql, person(id), (tx) => tx`select public.save_profile(${name}, ${username})`);
  return { id, username };
}

/** A signed-up person who has no profile yet. */
export async function createUser(sql: Sql): Promise<{ readonly id: string }> {
  const id = randomUUID();
  await sql`insert into auth.users (id, email) values (${id}, ${`${id}@example.test`})`;
  return { id };
}
