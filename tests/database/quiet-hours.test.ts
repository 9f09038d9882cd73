import { expect, test } from 'vitest';
import { as, person } from './support/actors.ts';
import { broadcasts } from './support/broadcasts.ts';
import { useDatabase } from './support/database.ts';
import { createPerson } from './support/people.ts';
import { refusal } from './support/refusal.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');

const set = (from: string | null, to: string | null, zone: string | null) =>
  as(
    sql,
    person(ana.id),
    (tx) =>
      tx`update public.accounts set quiet_from = ${from}, quiet_to = ${to}, quiet_zone = ${zone} where user_id = ${ana.id}`,
  );

test.for([
  ['over midnight', '22:00', '07:00', 'Europe/Berlin', 'accepted'],
  ['within a day', '13:00', '14:30', 'America/Argentina/Buenos_Aires', 'accepted'],
  ['none', null, null, null, 'accepted'],
  ['the end of a day that clocks do not show', '22:00', '24:00', 'Europe/Berlin', '23514'],
  ['a minute too many', '22:60', '07:00', 'Europe/Berlin', '23514'],
  ['seconds', '22:00:00', '07:00', 'Europe/Berlin', '23514'],
  ['no end', '22:00', null, 'Europe/Berlin', '23514'],
  ['no time zone', '22:00', '07:00', null, '23514'],
  ['no length', '22:00', '22:00', 'Europe/Berlin', '23514'],
  ['words for a time zone', '22:00', '07:00', 'where I am', '23514'],
] as const)('[NOTE1] quiet hours: %s', async ([, from, to, zone, expected]) => {
  expect(await refusal(set(from, to, zone))).toBe(expected);
});

test('[NOTE1] a change of quiet hours is told to that person alone, without the hours, and no other change is', async () => {
  await set('22:00', '07:00', 'Europe/Berlin');
  const before = (await broadcasts(sql, `user:${ana.id}`)).length;
  await set('22:00', '07:00', 'Europe/Berlin');
  await as(sql, person(ana.id), (tx) => tx`update public.accounts set settings = '{}' where user_id = ${ana.id}`);
  expect(await broadcasts(sql, `user:${ana.id}`)).toHaveLength(before);
  await set('23:00', '07:00', 'Europe/Berlin');
  const told = (await broadcasts(sql, `user:${ana.id}`)).slice(before);
  expect(told).toMatchObject([{ event: 'quiet_hours' }]);
  expect(JSON.stringify(told)).not.toContain('23:00');
});
