import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generateTypes, TYPES_PATH } from '../../scripts/generate-types.ts';
import { useDatabase } from './support/database.ts';

const { sql, migrationUrl } = await useDatabase();
const checkedIn = readFileSync(new URL(`../../${TYPES_PATH}`, import.meta.url), 'utf8');

test('the checked-in types are those of the migrated database', async () => {
  expect(await generateTypes(migrationUrl), 'run: npm run types').toBe(checkedIn);
});

test('a column more is a drift', async () => {
  await sql`alter table public.chats add column colour text`;
  expect(await generateTypes(migrationUrl)).not.toBe(checkedIn);
});
