import { randomUUID } from 'node:crypto';
import type { TransactionSql } from 'postgres';
import { expect, test } from 'vitest';
import { broadcasts, topicOf } from './support/broadcasts.ts';
import { createGroup, createSolo, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { createFamily, setGroups } from './support/young.ts';

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

const hears = async (who: TestPerson, session: string, topic: string) =>
  (await inSession(who, session, (tx) => tx`select private.can_receive(${topic}) as yes`))[0]?.['yes'];

test('[SAFE6] an ended session hears nothing more of any chat, and opens no topic; the others go on', async () => {
  const [here, lost, bens] = [await signIn(ana), await signIn(ana), await signIn(ben)];
  const chats = [await createGroup(sql, ana, [ben]), await createSolo(sql, ana)];
  const before = await Promise.all(chats.map((chat) => topicOf(sql, chat)));
  for (const topic of [...before, `user:${ana.id}`]) expect(await hears(ana, lost, topic), topic).toBe(true);
  const counts = await Promise.all(before.map(async (topic) => (await broadcasts(sql, topic)).length));
  await end(ana, here, lost);
  for (const chat of chats) await say(sql, ana, chat, 'for who is still signed in');
  const after = await Promise.all(chats.map((chat) => topicOf(sql, chat)));
  expect(await Promise.all(before.map(async (topic) => (await broadcasts(sql, topic)).length))).toEqual(counts);
  for (const topic of [...after, `user:${ana.id}`]) {
    expect(await hears(ana, lost, topic), topic).toBe(false);
    expect(await hears(ana, here, topic), topic).toBe(true);
  }
  expect(await hears(ben, bens, after[0] ?? '')).toBe(true);
  await end(ana, here, lost);
  expect(await Promise.all(chats.map((chat) => topicOf(sql, chat))), 'nothing ended, nothing stirs').toEqual(after);
});

test('[SAFE2] to the others it looks as when a guardian turns group chats off', async () => {
  const seenBy = async (act: (family: Awaited<ReturnType<typeof createFamily>>) => Promise<unknown>) => {
    const family = await createFamily(sql);
    const chat = await createGroup(sql, ana, [family.minor]);
    const facts = async () => (await sql`select epoch, last_seq from public.chats where id = ${chat}`)[0];
    const [before, told] = [await facts(), (await broadcasts(sql, `user:${ana.id}`)).length];
    await act(family);
    const after = await facts();
    const events = (await broadcasts(sql, `user:${ana.id}`)).slice(told);
    return {
      ...{ epochs: after?.['epoch'] - before?.['epoch'], changes: after?.['last_seq'] - before?.['last_seq'] },
      events: events.map(({ event, payload }) => [event, Object.keys(payload), payload['member']]),
    };
  };
  const off = await seenBy(({ guardian, minor }) => setGroups(sql, guardian, minor, false));
  const out = await seenBy(async ({ minor }) => {
    const here = await signIn(minor);
    await signIn(minor);
    await end(minor, here, null);
  });
  expect(off).toMatchObject({ epochs: 1, changes: 0 });
  expect(out).toEqual(off);
});
