/**
 * Runs one of the project's commands, whatever this machine has: `node scripts/run.mjs <command> [arguments]`.
 * Plain JavaScript for Node 20 and without packages, because it brings the packages, and with them the Node that all else runs on.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findChromium, installChromium } from './setup/chromium.mjs';
import { SetUpError } from './setup/failure.mjs';
import { bringFirefox } from './setup/firefox.mjs';
import { checkNode, nodeOfProject } from './setup/node.mjs';
import { installPackages } from './setup/packages.mjs';
import { runToEnd } from './setup/run-to-end.mjs';

/** @type {Record<string, {script: string, needsChromium?: boolean, needsFirefox?: boolean}>} */
const COMMANDS = {
  start: { script: 'scripts/start.ts' },
  test: { script: 'scripts/test.ts', needsChromium: true, needsFirefox: true },
  check: { script: 'scripts/check.ts' },
  build: { script: 'scripts/build.ts' },
  bench: { script: 'bench/run.ts', needsChromium: true },
  'eval:turns': { script: 'scripts/eval-turns.ts' },
  soak: { script: 'scripts/soak.ts' },
  'verify-log': { script: 'scripts/verify-log.ts' },
  types: { script: 'scripts/types.ts' },
  fix: { script: 'scripts/fix.ts' },
};

const root = fileURLToPath(new URL('..', import.meta.url));

try {
  const [name = '', ...args] = process.argv.slice(2);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    throw new SetUpError(`There is no command "${name}". There are: ${Object.keys(COMMANDS).join(', ')}.`);
  }
  if (!existsSync(`${root}/${command.script}`)) throw new SetUpError(`${command.script} is missing from this copy.`);
  checkNode();
  await installPackages(root);
  const env = { ...process.env };
  if (command.needsChromium) env.CHROMIUM_PATH = findChromium() ?? (await installChromium());
  if (command.needsFirefox) {
    const firefox = await bringFirefox();
    if (firefox !== undefined) env.FIREFOX_PATH = firefox;
  }
  process.exitCode = await runToEnd(nodeOfProject(root), [command.script, ...args], { cwd: root, env });
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
