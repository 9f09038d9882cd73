import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const supabase = fileURLToPath(new URL('../node_modules/supabase/dist/supabase.js', import.meta.url));
const biome = fileURLToPath(new URL('../node_modules/@biomejs/biome/bin/biome', import.meta.url));

/** Where the generated types are checked in, relative to the project. */
export const TYPES_PATH = 'lib/data/database.types.ts';

/**
 * The TypeScript types of schema `public` of the database at `url`, formatted as this project formats.
 * Rejects with the tool's own words when the database cannot be read.
 */
export async function generateTypes(url: string): Promise<string> {
  const remote = new URL(url);
  // The tool warns on its standard output, in the midst of the types, when it tries TLS in vain.
  remote.searchParams.set('sslmode', 'disable');
  const raw = await runNode([supabase, 'gen', 'types', 'typescript', `--remote=${remote}`, '--schema', 'public'], '');
  return runNode([biome, 'format', `--stdin-file-path=${TYPES_PATH}`], raw);
}

function runNode(args: readonly string[], input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, SUPABASE_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
    });
    let output = '';
    let complaints = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaints += text;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${args.slice(0, 3).join(' ')} ended with ${code}: ${complaints}`));
    });
    child.stdin.end(input);
  });
}
