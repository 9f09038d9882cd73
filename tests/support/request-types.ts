import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** What was sent to the model service, and the type of the pinned `openai` package that it is to be of. */
export interface SentBody {
  readonly type:
    | 'Responses.ResponseCreateParamsStreaming'
    | 'Responses.ResponseCreateParamsNonStreaming'
    | 'ModerationCreateParams'
    | 'DecisionCreateParams'
    | `Audio.${string}`;
  /** As TypeScript writes it: JSON is. */
  readonly source: string;
}

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/** What the compiler says against each body, in order; an empty list: it is of its type, with no property too many. */
export async function findTypeFaults(bodies: readonly SentBody[]): Promise<string[][]> {
  const cache = join(PROJECT, '.output');
  mkdirSync(cache, { recursive: true });
  // Within the project, so that the package is found.
  const folder = mkdtempSync(join(cache, 'request-types-'));
  try {
    const names = bodies.map(({ type, source }, index) => {
      const name = `body-${index}.ts`;
      writeFileSync(
        join(folder, name),
        `import type OpenAI from 'openai';\nexport const body: OpenAI.${type} = ${source};\n`,
      );
      return name;
    });
    const args = [
      '--ignoreConfig',
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--module',
      'esnext',
      '--moduleResolution',
      'bundler',
    ];
    const output = await promisify(execFile)(
      join(PROJECT, 'node_modules/.bin/tsc'),
      [...args, '--target', 'esnext', '--pretty', 'false', ...names],
      { cwd: folder },
    ).then(
      () => '',
      ({ stdout }: { stdout: string }) => stdout,
    );
    const lines = output.split('\n').filter((line) => line.trim() !== '');
    const strange = lines.filter((line) => !line.startsWith('body-') && !line.startsWith(' '));
    if (strange.length > 0) throw new Error(strange.join('\n'));
    return names.map((name) => lines.filter((line) => line.startsWith(name)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
