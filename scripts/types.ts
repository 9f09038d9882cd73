/** `npm run types`: writes the database's types anew from the migrations, read off a database made of them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack } from '../supabase/local/stack.ts';
import { ROOT } from './command/project.ts';
import { generateTypes, TYPES_PATH } from './generate-types.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'sideroom-types-'));
const stack = await startStack({ dataDir, functions: false });
try {
  writeFileSync(join(ROOT, TYPES_PATH), await generateTypes(stack.migrationUrl));
  console.log(`${TYPES_PATH} is written.`);
} finally {
  await stack.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
