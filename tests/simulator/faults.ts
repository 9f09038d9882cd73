import type { Chance } from './random.ts';
import type { Inhabitant, World } from './world.ts';

export type FaultName = keyof typeof FAULTS;

const HOUR = 3_600_000;

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
  async kill({ browser }: Inhabitant) {
    await browser.kill();
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
