import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import { as, person } from './actors.ts';

export interface TestPerson {
  readonly id: string;
  readonly username: string;
}

let made = 0;

export const ADULT = '1990-06-15';

/** A signed-up person with a profile, an adult unless born later. */
export async function createPerson(sql: Sql, name = 'person', birthDate = ADULT): Promise<TestPerson> {
  const { id } = await createUser(sql);
  await tellBirthDate(sql, id, birthDate);
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

/** What they hear: `stored`, or `too_young`. */
export async function tellBirthDate(sql: Sql, id: string, date: string): Promise<string | undefined> {
  const [row] = await as(sql, person(id), (tx) => tx`select public.set_birth_date(${date}) as told`);
  return row?.told;
}
