import { expect, test } from 'vitest';
import { as, person } from './support/actors.ts';
import { useDatabase } from './support/database.ts';
import { createPerson } from './support/people.ts';
import { refusal } from './support/refusal.ts';
import { bornOn, createFamily, linksOf, MINOR, makeCode, setGroups, tryCode, turning } from './support/young.ts';

const { sql } = await useDatabase();

test('[SAFE2] a minor looks whose code it is, confirms, and both see the link', async () => {
  const guardian = await createPerson(sql, 'guardian');
  const minor = await createPerson(sql, 'minor', MINOR);
  const code = await makeCode(sql, guardian);
  expect(code).toMatch(/^[2-9A-HJ-NP-Z]{10}$/);
  const shown = `${code.slice(0, 5).toLowerCase()}-${code.slice(5)} `;
  expect(await tryCode(sql, minor, shown)).toMatchObject({ kind: 'open', guardian: { display_name: 'guardian' } });
  expect(await linksOf(sql, minor), 'nothing is confirmed yet').toEqual([]);
  expect(await tryCode(sql, minor, shown, true)).toMatchObject({ kind: 'open' });
  expect(await linksOf(sql, minor)).toMatchObject([{ role: 'minor', groups_off: false, id: guardian.id }]);
  expect(await linksOf(sql, guardian)).toMatchObject([{ role: 'guardian', groups_off: false, id: minor.id }]);
  expect(await linksOf(sql, await createPerson(sql, 'stranger'))).toEqual([]);
  expect(await tryCode(sql, minor, shown, true), 'a code is for one link').toEqual({ kind: 'wrong' });
});

test('[SAFE2] a code ends after a quarter of an hour, or with the next one, and stands nowhere', async () => {
  const guardian = await createPerson(sql, 'guardian');
  const minor = await createPerson(sql, 'minor', MINOR);
  const first = await makeCode(sql, guardian);
  const second = await makeCode(sql, guardian);
  expect(await tryCode(sql, minor, first)).toEqual({ kind: 'wrong' });
  expect(await tryCode(sql, minor, second)).toMatchObject({ kind: 'open' });
  expect(JSON.stringify(await sql`select to_jsonb(c) from private.guardian_codes c`)).not.toContain(second);
  await sql`update private.guardian_codes set expires_at = now() where guardian_id = ${guardian.id}`;
  expect(await tryCode(sql, minor, second)).toEqual({ kind: 'wrong' });
});

test('[SAFE2] guessing is throttled: the 11th wrong code in a minute is not even looked at', async () => {
  const guardian = await createPerson(sql, 'guardian');
  const minor = await createPerson(sql, 'minor', MINOR);
  const code = await makeCode(sql, guardian);
  for (let guess = 0; guess < 10; guess++)
    expect(await tryCode(sql, minor, `WRONG0000${guess}`)).toEqual({ kind: 'wrong' });
  expect(await tryCode(sql, minor, code)).toMatchObject({ kind: 'limited' });
});

test('[SAFE2] only adults are guardians, and only of people under 18', async () => {
  const guardian = await createPerson(sql, 'guardian');
  const minor = await createPerson(sql, 'minor', MINOR);
  expect(await refusal(makeCode(sql, minor))).toBe('SR083');
  const code = await makeCode(sql, guardian);
  expect(await refusal(tryCode(sql, await createPerson(sql, 'adult'), code))).toBe('SR084');
});

test('[SAFE2] the guardian ends the link, which turns groups on again; the minor has no way to', async () => {
  const { guardian, minor } = await createFamily(sql);
  await setGroups(sql, guardian, minor, false);
  const end = (who: string, whose: string) =>
    as(sql, person(who), (tx) => tx`select public.end_guardianship(${whose})`);
  for (const whose of [minor.id, guardian.id]) await end(minor.id, whose);
  expect(await refusal(setGroups(sql, minor, minor, true))).toBe('SR085');
  expect(await refusal(setGroups(sql, await createPerson(sql, 'other'), minor, true))).toBe('SR085');
  expect(await linksOf(sql, minor)).toMatchObject([{ role: 'minor', groups_off: true }]);
  await end(guardian.id, minor.id);
  expect(await linksOf(sql, minor)).toEqual([]);
  expect(await linksOf(sql, guardian)).toEqual([]);
  expect(await sql`select private.has_groups_off(${minor.id}) as off`).toEqual([{ off: false }]);
});

test('[SAFE2] of two guardians, one who has groups off is enough', async () => {
  const { guardian, minor } = await createFamily(sql);
  const second = await createPerson(sql, 'second');
  await tryCode(sql, minor, await makeCode(sql, second), true);
  await setGroups(sql, guardian, minor, false);
  await setGroups(sql, second, minor, true);
  expect(await sql`select private.has_groups_off(${minor.id}) as off`).toEqual([{ off: true }]);
});

test('[SAFE2] with the 18th birthday the link is over for both, and so is what it turned off', async () => {
  const { guardian, minor } = await createFamily(sql);
  await setGroups(sql, guardian, minor, false);
  await bornOn(sql, minor, await turning(sql, 18));
  expect(await linksOf(sql, minor)).toEqual([]);
  expect(await linksOf(sql, guardian)).toEqual([]);
  expect(await refusal(setGroups(sql, guardian, minor, false))).toBe('SR085');
  expect(await sql`select private.has_groups_off(${minor.id}) as off`).toEqual([{ off: false }]);
});
