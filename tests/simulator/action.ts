import type { Chance } from './random.ts';
import type { Inhabitant, World } from './world.ts';

/** Somebody does something; rejects when it was refused or did not get through, which people live with. */
export type Action = (world: World, who: Inhabitant, chatId: string, chance: Chance) => Promise<unknown>;
