// Stands in for npm: starts the runner, waits for it, and ends as it ended.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const runner = spawn(process.execPath, [fileURLToPath(new URL('runner.mjs', import.meta.url))], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
runner.on('exit', (code) => process.exit(code ?? 1));
