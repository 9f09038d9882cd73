import { setTimeout as sleep } from 'node:timers/promises';
import type { Chance } from './random.ts';
import type { Inhabitant, World } from './world.ts';

export type FaultName = keyof typeof FAULTS;

const HOUR = 3_600_000;
const LONGEST_SLEEP_MS = 400;

/** What goes wrong, by name. Each resolves when it is done; what it broke is mended by itself, by another fault, or at the end. */
const FAULTS = {
  async storm({ weather }: Inhabitant) {
    weather.set('storm');
  },
  async fair({ weather }: Inhabitant) {
    weather.set('fair');
  },
  async away({ weather }: Inhabitant) {
    weather.set('away');
  },
  async drop({ weather }: Inhabitant) {
    weather.drop();
  },
  async kill({ browser }: Inhabitant, _: World, chance: Chance) {
    await browser.kill();
    // Browsers start a worker again when something is asked of it: at once, or a while later.
    if (chance.hits(0.3)) await sleep(chance.below(LONGEST_SLEEP_MS));
    browser.start();
  },
  async skew({ browser }: Inhabitant, _: World, chance: Chance) {
    browser.skip((chance.below(5) - 2) * HOUR);
  },
  async walsender(_: Inhabitant, { server }: World) {
    await server.endWalsender();
  },
  async crash(_: Inhabitant, { server }: World) {
    await server.crash();
  },
};

/** By how often they happen; the crash of the server, which takes seconds, is placed by the run. */
const USUAL: readonly FaultName[] = [
  'storm',
  'storm',
  'fair',
  'fair',
  'away',
  'drop',
  'kill',
  'kill',
  'skew',
  'walsender',
];

export async function strike(world: World, chance: Chance, name = chance.pick(USUAL)): Promise<FaultName> {
  await FAULTS[name](chance.pick(world.people), world, chance);
  return name;
}

/** Everything works again, and every browser looks as it does at its next alarm. */
export function heal({ people }: World): void {
  for (const { weather, browser } of people) {
    weather.set('fair');
    browser.hub.wake();
  }
}
