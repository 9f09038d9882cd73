import { randomUUID } from 'node:crypto';
import type { TransactionSql } from 'postgres';
import { expect, test } from 'vitest';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');

async function signIn(who: TestPerson): Promise<string> {
  const id = randomUUID();
  await sql`insert into auth.sessions (id, user_id, user_agent) values (${id}, ${who.id}, 'Firefox')`;
  await sql`insert into auth.refresh_tokens (id, token, user_id, session_id) values (${id}, ${id}, ${who.id}, ${id})`;
  return id;
}

/** As a request with the token of a session. */
function inSession<T>(who: TestPerson, session: string, work: (tx: TransactionSql) => Promise<T>) {
  return sql.begin(async (tx) => {
    const claims = JSON.stringify({ role: 'authenticated', sub: who.id, session_id: session });
    await tx`select set_config('request.jwt.claims', ${claims}, true), set_config('role', 'authenticated', true)`;
    return work(tx);
  });
}

const sessionsOf = async (who: TestPerson, session: string) =>
  (
    (await inSession(who, session, (tx) => tx`select public.my_sessions() as session`)) as unknown as {
      session: { id: string; current: boolean; user_agent: string };
    }[]
  ).map((row) => row.session);
const end = (who: TestPerson, session: string, which: string | null) =>
  inSession(who, session, (tx) => tx`select public.end_session(${which}) as ended`);

test('[SAFE6] where one is signed in is one’s own to see and to end', async () => {
  const [here, phone, tablet, bens] = [await signIn(ana), await signIn(ana), await signIn(ana), await signIn(ben)];
  const listed = await sessionsOf(ana, here);
  expect(listed.map(({ id }) => id).toSorted()).toEqual([here, phone, tablet].toSorted());
  expect(listed.filter(({ current }) => current).map(({ id }) => id)).toEqual([here]);
  expect(Object.keys(listed[0] ?? {}).toSorted()).toEqual(['created_at', 'current', 'id', 'used_at', 'user_agent']);
  await end(ana, here, phone);
  await end(ana, here, bens);
  await end(ana, here, here);
  expect((await sessionsOf(ana, here)).map(({ id }) => id).toSorted()).toEqual([here, tablet].toSorted());
  await end(ana, here, null);
  expect((await sessionsOf(ana, here)).map(({ id }) => id)).toEqual([here]);
  expect((await sessionsOf(ben, bens)).map(({ id }) => id)).toEqual([bens]);
  expect(await sql`select from auth.refresh_tokens where session_id in (${phone}, ${tablet})`).toHaveLength(0);
});
