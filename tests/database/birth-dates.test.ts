import { expect, test } from 'vitest';
import { as, person, SERVICE } from './support/actors.ts';
import { createGroup, createSolo, invite, leave, redeem, removeMember, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, createUser, tellBirthDate } from './support/people.ts';
import { refusal } from './support/refusal.ts';
import { ask, claimLeased } from './support/replies.ts';
import { bornOn, MINOR, turning } from './support/young.ts';

const { sql } = await useDatabase();

const isRestricted = async (chat: string) => {
  const [row] = await sql`select private.is_restricted(${chat}) as yes`;
  return row?.yes;
};
const saveProfile = (id: string) =>
  refusal(as(sql, person(id), (tx) => tx`select public.save_profile('Kim', ${`kim_${id.slice(0, 8)}`})`));

test('[SAFE1] a birth date is told once, before the profile, and seen by its owner alone', async () => {
  const { id } = await createUser(sql);
  expect(await saveProfile(id)).toBe('SR081');
  for (const impossible of ['1899-12-31', '2999-01-01', null])
    expect(await refusal(tellBirthDate(sql, id, impossible as string))).toBe('SR080');
  expect(await tellBirthDate(sql, id, '2008-03-01')).toBe('stored');
  expect(await tellBirthDate(sql, id, '2008-03-01')).toBe('stored');
  expect(await refusal(tellBirthDate(sql, id, '1990-01-01'))).toBe('SR082');
  const written = as(sql, person(id), (tx) => tx`update public.accounts set birth_date = '1990-01-01'`);
  expect(await refusal(written)).toBe('42501');
  expect(await saveProfile(id)).toBe('accepted');
  const ben = await createPerson(sql, 'ben');
  await createGroup(sql, { id, username: '' }, [ben]);
  const mine = await as(sql, person(id), (tx) => tx`select birth_date::text from public.accounts`);
  expect(mine.map((row) => row.birth_date)).toEqual(['2008-03-01']);
  expect(await as(sql, person(ben.id), (tx) => tx`select 1 from public.accounts where user_id = ${id}`)).toHaveLength(
    0,
  );
});

test('[SAFE1] whoever is under 13 is turned away, and nothing of them is kept', async () => {
  const { id } = await createUser(sql);
  expect(await tellBirthDate(sql, id, await turning(sql, 13, 1))).toBe('too_young');
  expect(await sql`select 1 from auth.users where id = ${id}`).toHaveLength(0);
  expect(await sql`select 1 from public.accounts where user_id = ${id}`).toHaveLength(0);
  const old = await createUser(sql);
  expect(await tellBirthDate(sql, old.id, await turning(sql, 13))).toBe('stored');
});

test('[SAFE1] a deployment may allow younger people', async () => {
  await sql`update private.age_rules set minimum_age = 6`;
  try {
    expect(await tellBirthDate(sql, (await createUser(sql)).id, await turning(sql, 6))).toBe('stored');
    expect(await tellBirthDate(sql, (await createUser(sql)).id, await turning(sql, 6, 1))).toBe('too_young');
  } finally {
    await sql`update private.age_rules set minimum_age = 13`;
  }
});

test('[SAFE1] a chat is restricted from the moment a minor joins until they go, for whatever reason', async () => {
  const ana = await createPerson(sql, 'ana');
  const ben = await createPerson(sql, 'ben');
  const kim = await createPerson(sql, 'kim', MINOR);
  const lee = await createPerson(sql, 'lee', MINOR);
  const chat = await createGroup(sql, ana, [ben]);
  expect(await isRestricted(chat)).toBe(false);
  const token = await invite(sql, ana, chat);
  for (const minor of [kim, lee]) {
    await redeem(sql, token, minor);
    expect(await isRestricted(chat)).toBe(true);
  }
  await leave(sql, kim, chat);
  expect(await isRestricted(chat), 'another one is still there').toBe(true);
  await removeMember(sql, ana, chat, lee);
  expect(await isRestricted(chat)).toBe(false);
  expect(await isRestricted(await createSolo(sql, kim))).toBe(true);
});

test('[SAFE1] the restriction ends with the 18th birthday, and holds until it has begun everywhere', async () => {
  const ana = await createPerson(sql, 'ana');
  const kim = await createPerson(sql, 'kim', MINOR);
  const chat = await createGroup(sql, ana, [kim]);
  await bornOn(sql, kim, await turning(sql, 18, 1));
  expect(await isRestricted(chat)).toBe(true);
  await bornOn(sql, kim, await turning(sql, 18));
  expect(await isRestricted(chat)).toBe(false);
});

test('[SAFE1] who has not said how old they are counts as a minor', async () => {
  const ana = await createPerson(sql, 'ana');
  const chat = await createGroup(sql, ana);
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`update public.accounts set birth_date = null where user_id = ${ana.id}`;
  });
  expect(await isRestricted(chat)).toBe(true);
});

test('[SAFE1] whoever holds the lease learns that a chat is restricted, and nobody else, and never by whom', async () => {
  const ana = await createPerson(sql, 'ana');
  const kim = await createPerson(sql, 'kim', MINOR);
  const chat = await createGroup(sql, ana, [kim]);
  await ask(sql, ana, chat);
  const job = await claimLeased(sql, chat);
  const care = async (lease: string) => {
    const rows = await as(sql, SERVICE, (tx) => tx`select public.reply_care(${job.job_id}, ${lease}) as care`);
    return rows[0]?.care;
  };
  expect(await care(job.lease)).toEqual({ restricted: true, memories: [] });
  expect(await care(crypto.randomUUID())).toBeNull();
  const asMember = as(sql, person(ana.id), (tx) => tx`select public.reply_care(${job.job_id}, ${job.lease})`);
  expect(await refusal(asMember)).toBe('42501');
});

test('[SAFE1] no member can tell a group with a minor from one without, by anything that the API gives', async () => {
  const ana = await createPerson(sql, 'ana');
  const seen: unknown[] = [];
  for (const birthDate of ['1990-06-15', MINOR]) {
    const kim = await createPerson(sql, 'kim', birthDate);
    const chat = await createGroup(sql, ana, [kim]);
    await say(sql, ana, chat, '@ai hello');
    const keys = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(keys);
      if (typeof value !== 'object' || value === null) return typeof value;
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, keys(each)]));
    };
    const rows = await as(sql, person(ana.id), async (tx) => ({
      chat: await tx`select to_jsonb(c) - 'id' as row from public.chats c where id = ${chat}`,
      members:
        await tx`select jsonb_build_object('role', m.role, 'history_from', m.history_from) as row from public.members m where chat_id = ${chat} order by joined_at`,
      profile: await tx`select to_jsonb(p) as row from public.profiles p where id = ${kim.id}`,
      account: await tx`select to_jsonb(a) as row from public.accounts a where user_id = ${kim.id}`,
      changes: await tx`select public.catch_up(${chat}, 0) as row`,
      list: await tx`select row from public.my_chats() row where row ->> 'id' = ${chat}`,
      jobs: await tx`select id, state, error, decision, receipt, status, kind from public.reply_jobs where chat_id = ${chat}`,
      audit: await tx`select type, details from public.audit_events where chat_id = ${chat} order by id`,
    }));
    const given = JSON.stringify(rows);
    expect(given).not.toContain(birthDate);
    seen.push(keys(JSON.parse(given)));
  }
  expect(seen[1]).toEqual(seen[0]);
});
