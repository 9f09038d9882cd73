import type { Outcome, Step } from './step.ts';

const AT_ONCE = 2;

export interface StepReport extends Outcome {
  readonly name: string;
}

/** Runs the steps two at a time; says one line each as they end, and what a failed one said. */
export async function runSteps(steps: readonly Step[], signal: AbortSignal): Promise<StepReport[]> {
  const waiting = [...steps];
  const reports: StepReport[] = [];
  const work = async () => {
    for (let step = waiting.shift(); step !== undefined && !signal.aborted; step = waiting.shift()) {
      const startedAt = performance.now();
      const outcome = await step.run(signal);
      if (signal.aborted) return;
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      console.log(`${outcome.ok ? '✓' : '✗'} ${step.name.padEnd(24)}${seconds.padStart(6)} s`);
      if (!outcome.ok) console.log(`\n${outcome.output.trim()}\n`);
      if (outcome.note !== undefined) console.log(`  ${outcome.note.replaceAll('\n', '\n  ')}`);
      reports.push({ name: step.name, ...outcome });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return reports;
}
