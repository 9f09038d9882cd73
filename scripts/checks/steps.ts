import { ROOT } from '../command/project.ts';
import { runSuites } from '../command/run-suites.ts';
import { runTool } from '../command/run-tool.ts';
import { askNpm, judgeAudit } from './audit.ts';
import { findLongFiles } from './file-sizes.ts';
import { findLayerFaults } from './layers.ts';
import { findPackageFaults } from './packages.ts';
import type { Step } from './step.ts';

/** All that `npm run check` checks, longest first. */
export const STEPS: readonly Step[] = [
  {
    name: 'unit tests',
    async run(signal) {
      const { counts, output } = await runSuites(['unit'], { signal });
      return { ok: counts.failed === 0, counts, output };
    },
  },
  tool('format and lint', (signal) =>
    runTool('biome', ['check', '--error-on-warnings', '--max-diagnostics=50'], { signal }),
  ),
  tool('types', async (signal) => {
    // Types of the build's own globals, which a fresh clone lacks.
    const prepared = await runTool('wxt', ['prepare'], { signal });
    return prepared.code === 0 ? runTool('tsc', ['--noEmit', '--pretty', 'false'], { signal }) : prepared;
  }),
  tool('dead code', (signal) => runTool('knip', ['--no-progress', '--treat-config-hints-as-errors'], { signal })),
  rule('layers', findLayerFaults),
  rule('file sizes', findLongFiles),
  rule('packages and licences', findPackageFaults),
  {
    name: 'known vulnerabilities',
    run: async (signal) => judgeAudit(await askNpm(ROOT, signal), process.env.SIDEROOM_AUDIT === 'required'),
  },
];

function tool(name: string, run: (signal: AbortSignal) => Promise<{ code: number; output: string }>): Step {
  return {
    name,
    async run(signal) {
      const { code, output } = await run(signal);
      return { ok: code === 0, output };
    },
  };
}

/** A rule of our own: the sentences that it finds are faults. */
function rule(name: string, findFaults: (root: string) => string[]): Step {
  return {
    name,
    async run() {
      const faults = findFaults(ROOT);
      return { ok: faults.length === 0, output: faults.join('\n') };
    },
  };
}
