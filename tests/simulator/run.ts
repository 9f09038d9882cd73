import { setTimeout as sleep } from 'node:timers/promises';
import { FailureError } from '../../lib/model/failure.ts';
import { act } from './actions.ts';
import { describeServer } from './diagnosis.ts';
import { heal, strike } from './faults.ts';
import { createChance } from './random.ts';
import type { Server } from './server.ts';
import { type Settled, settle } from './settle.ts';
import { createWorld } from './world.ts';

export interface RunOptions {
  readonly seed: number;
  readonly steps: number;
  /** How often the server is killed on the way. */
  readonly crashes: number;
}

export interface RunResult extends Settled {
  readonly accepted: number;
  /** How often each fault struck. */
  readonly struck: Readonly<Record<string, number>>;
}

const LONGEST_PAUSE_MS = 60;
const FAULT_SHARE = 0.15;

/** One seeded life of some people and their server, and what is wrong at its end. */
export async function runSeed(server: Server, { seed, steps, crashes }: RunOptions): Promise<RunResult> {
  const chance = createChance(seed);
  const world = await createWorld(server, seed);
  const struck: Record<string, number> = {};
  const underWay = new Set<Promise<void>>();
  const crashAt = new Set(Array.from({ length: crashes }, () => chance.below(steps)));
  try {
    for (let step = 0; step < steps; step++) {
      if (crashAt.has(step) || chance.hits(FAULT_SHARE)) {
        const name = await strike(world, chance, crashAt.has(step) ? 'crash' : undefined);
        struck[name] = (struck[name] ?? 0) + 1;
      } else {
        const action = act(world, chance).then(() => {}, ignoreRefusal);
        underWay.add(action);
        void action.finally(() => underWay.delete(action)).catch(() => {});
      }
      await sleep(chance.below(LONGEST_PAUSE_MS));
    }
    heal(world);
    await Promise.all(underWay);
    const settled = await settle(world);
    const hints = settled.faults.length === 0 ? [] : await describeServer(server);
    return { ...settled, faults: [...settled.faults, ...hints], accepted: world.accepted.length, struck };
  } finally {
    await world.stop();
  }
}

/** Refusals and what did not get through are part of life; anything else is a bug. */
function ignoreRefusal(reason: unknown): void {
  const isExpected = reason instanceof FailureError && reason.failure.kind !== 'unknown';
  const isOfDatabase = typeof reason === 'object' && reason !== null && !(reason instanceof Error) && 'code' in reason;
  if (!isExpected && !isOfDatabase) throw reason;
}
