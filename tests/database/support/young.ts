import type { Sql } from 'postgres';
import { as, person } from './actors.ts';
import { createPerson, type TestPerson } from './people.ts';

/** Fourteen years old for a while yet. */
export const MINOR = new Date(Date.now() - 14.5 * 365.25 * 86_400_000).toISOString().slice(0, 10);

/** An adult who looks after a minor; both agreed by a code. */
export async function createFamily(sql: Sql): Promise<{ guardian: TestPerson; minor: TestPerson }> {
  const guardian = await createPerson(sql, 'guardian');
  const minor = await createPerson(sql, 'minor', MINOR);
  await tryCode(sql, minor, await makeCode(sql, guardian), true);
  return { guardian, minor };
}

export async function makeCode(sql: Sql, guardian: TestPerson): Promise<string> {
  const [row] = await as(sql, person(guardian.id), (tx) => tx`select public.make_guardian_code() ->> 'code' as code`);
  return row?.code;
}

export interface Tried {
  readonly kind: 'open' | 'wrong' | 'limited';
  readonly guardian?: { readonly id: string; readonly display_name: string };
}

export async function tryCode(sql: Sql, who: TestPerson, code: string, accept = false): Promise<Tried> {
  const [row] = await as(sql, person(who.id), (tx) => tx`select public.try_guardian_code(${code}, ${accept}) as tried`);
  return row?.tried;
}

export async function setGroups(sql: Sql, guardian: TestPerson, minor: TestPerson, on: boolean): Promise<void> {
  await as(sql, person(guardian.id), (tx) => tx`select public.set_group_chats(${minor.id}, ${on})`);
}

export async function linksOf(sql: Sql, who: TestPerson) {
  const [row] = await as(sql, person(who.id), (tx) => tx`select public.my_guardianships() -> 'links' as links`);
  return row?.links;
}

/** As if the person had been born on another day: nobody may change it, so all that would refuse is off meanwhile. */
export async function bornOn(sql: Sql, { id }: TestPerson, date: string): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`update public.accounts set birth_date = ${date} where user_id = ${id}`;
  });
}

/** The birth date of somebody who turns that old today, or in as many days, where the day begins last. */
export async function turning(sql: Sql, years: number, inDays = 0): Promise<string> {
  const [row] = await sql`select (private.born_by(${years}) + ${inDays}::integer)::text as date`;
  return row?.date;
}
