// Stands in for scripts/run.mjs.
import { fileURLToPath } from 'node:url';
import { runToEnd } from '../../../scripts/setup/run-to-end.mjs';

process.stdout.write(`runner ${process.pid}\n`);
const program = fileURLToPath(new URL('program.ts', import.meta.url));
process.exitCode = await runToEnd(process.execPath, [program], { cwd: process.cwd(), env: process.env });
