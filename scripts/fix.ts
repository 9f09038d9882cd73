/** `npm run fix`: formats all files and mends what the linter can mend safely. */
import { runTool } from './command/run-tool.ts';
import { listenForStop } from './command/stop-signal.ts';

process.exitCode = (await runTool('biome', ['check', '--write'], { signal: listenForStop(), inherit: true })).code;
