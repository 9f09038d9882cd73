import { Pool } from 'pg';
import { afterAll, expect, test } from 'vitest';
import { maintainPartitions } from '../../supabase/local/realtime/partitions.ts';
import { useDatabase } from './support/database.ts';

const { sql, adminUrl } = await useDatabase();
const pool = new Pool({ connectionString: adminUrl });
// The database is dropped under it at the end.
pool.on('error', () => {});
afterAll(() => pool.end());

const findPartitions = async () => {
  const rows = await sql<{ name: string }[]>`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'realtime.messages'::regclass order by 1`;
  return rows.map(({ name }) => name);
};

test('there is a partition from yesterday to three days ahead, and what is older than 72 hours is dropped', async () => {
  await maintainPartitions(pool, Date.UTC(2031, 1, 27, 23, 59));
  const atFirst = ['2031_02_26', '2031_02_27', '2031_02_28', '2031_03_01', '2031_03_02'];
  expect(await findPartitions()).toEqual(atFirst.map((day) => `messages_${day}`));

  await maintainPartitions(pool, Date.UTC(2031, 2, 2, 0, 1));
  const later = ['2031_02_27', '2031_02_28', '2031_03_01', '2031_03_02', '2031_03_03', '2031_03_04', '2031_03_05'];
  expect(await findPartitions()).toEqual(later.map((day) => `messages_${day}`));
});

test('a row finds the partition of its UTC day', async () => {
  await maintainPartitions(pool, Date.UTC(2031, 2, 2));
  const [row] = await sql<{ place: string }[]>`
    insert into realtime.messages (topic, extension, inserted_at) values ('t', 'broadcast', '2031-03-01 23:59:59.9')
    returning tableoid::regclass::text as place`;
  expect(row?.place).toBe('realtime.messages_2031_03_01');
});
