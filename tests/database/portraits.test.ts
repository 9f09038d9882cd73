import { describe, expect, test } from 'vitest';
import { as, person, SERVICE } from './support/actors.ts';
import { createGroup, removeMember } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { ask, claimLeased, type Leased } from './support/replies.ts';
import { turning } from './support/young.ts';

const { sql } = await useDatabase();

describe('[AI9] profile pictures', () => {
  /** A date that stands cannot be changed but by the operator. */
  const makeBorn = (who: TestPerson, born: string | null) =>
    sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`update public.accounts set birth_date = ${born} where user_id = ${who.id}`;
    });
  const allowAs = async (who: TestPerson, born: string | null, { picture = true, allowed = true } = {}) => {
    await sql`update public.profiles set avatar_path = ${picture ? `${who.id}/face.webp` : null} where id = ${who.id}`;
    await makeBorn(who, born);
    await as(
      sql,
      person(who.id),
      (tx) => tx`update public.accounts set picture_in_images = ${allowed} where user_id = ${who.id}`,
    );
  };
  async function portraits(job: Leased, lease = job.lease): Promise<string[]> {
    const [row] = await as(
      sql,
      SERVICE,
      (tx) => tx<{ list: { user_id: string; path: string }[] }[]>`
        select public.reply_portraits(${job.job_id}, ${lease}) as list`,
    );
    return (row?.list ?? []).map(({ path }) => path);
  }

  test('are those of present members who are grown up and allow it, for an answer that was asked for', async () => {
    const people = await Promise.all(
      ['asker', 'unasked', 'minor', 'ageless', 'faceless', 'gone', 'adult'].map((name) => createPerson(sql, name)),
    );
    const [asker, unasked, minor, ageless, faceless, gone, adult] = people as [
      ...[TestPerson, TestPerson, TestPerson, TestPerson, TestPerson, TestPerson, TestPerson],
    ];
    const chat = await createGroup(sql, asker, people.slice(1));
    await allowAs(unasked, '1990-01-01', { allowed: false });
    await allowAs(minor, new Date(Date.now() - 17 * 365 * 86_400_000).toISOString().slice(0, 10));
    await allowAs(ageless, null);
    await allowAs(faceless, '1990-01-01', { picture: false });
    await allowAs(gone, '1990-01-01');
    await allowAs(adult, '1990-01-01');
    await removeMember(sql, asker, chat, gone);
    await ask(sql, asker, chat, '@ai draw');
    const job = await claimLeased(sql, chat);
    expect(await portraits(job)).toEqual([`${adult.id}/face.webp`]);
    expect(await portraits(job, crypto.randomUUID())).toEqual([]);
    await sql`update public.reply_jobs set decision = '{}' where id = ${job.job_id}`;
    expect(await portraits(job)).toEqual([]);
  });

  test('[SAFE1] are none of somebody who is under 18 anywhere on earth, up to the last hour', async () => {
    const asker = await createPerson(sql, 'asker');
    const [eve, grown] = [await createPerson(sql, 'eve'), await createPerson(sql, 'grown')];
    const chat = await createGroup(sql, asker, [eve, grown]);
    await ask(sql, asker, chat, '@ai draw');
    const job = await claimLeased(sql, chat);
    await allowAs(eve, await turning(sql, 18, 1));
    await allowAs(grown, await turning(sql, 18));
    expect(await portraits(job)).toEqual([`${grown.id}/face.webp`]);
  });

  test('are offered to whom it could make a difference', async () => {
    const ana = await createPerson(sql, 'ana');
    const mine = async () =>
      (await as(sql, person(ana.id), (tx) => tx`select public.my_likeness() as likeness`))[0]?.likeness;
    const announce = (...capabilities: string[]) =>
      as(sql, SERVICE, (tx) => tx`select public.announce_service(${JSON.stringify({ models: {}, capabilities })})`);
    expect(await mine()).toEqual({ allowed: false, offered: false });
    await makeBorn(ana, null);
    await announce('images', 'image_generation');
    expect(await mine()).toEqual({ allowed: false, offered: false });
    await allowAs(ana, '1990-01-01');
    expect(await mine()).toEqual({ allowed: true, offered: true });
    await announce('images');
    expect(await mine()).toEqual({ allowed: true, offered: false });
  });

  test('are off until their owner says otherwise, who alone can', async () => {
    const [ana, ben] = [await createPerson(sql, 'ana'), await createPerson(sql, 'ben')];
    const read = async (who: TestPerson) =>
      (await sql`select picture_in_images as allowed from public.accounts where user_id = ${who.id}`)[0]?.allowed;
    expect(await read(ana)).toBe(false);
    await as(
      sql,
      person(ben.id),
      (tx) => tx`update public.accounts set picture_in_images = true where user_id = ${ana.id}`,
    );
    expect(await read(ana)).toBe(false);
  });
});
