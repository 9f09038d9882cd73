import { newId } from '../../lib/model/ids.ts';
import type { Chance } from './random.ts';
import type { Inhabitant, World } from './world.ts';

/** Somebody does something; rejects when it was refused or did not get through, which people live with. */
type Action = (world: World, who: Inhabitant, chatId: string, chance: Chance) => Promise<unknown>;

const send: Action = async ({ accepted }, { id: authorId, panel }, chatId, chance) => {
  const id = newId();
  const body = `message ${chance.below(1_000_000)}`;
  await panel.request('send', { id, chatId, body, target: 'people', replyTo: null });
  accepted.push({ id, chatId, authorId });
};

/** Several at once, as somebody in a hurry does. */
const burst: Action = (world, who, chatId, chance) =>
  Promise.all(Array.from({ length: 5 }, () => send(world, who, chatId, chance)));

const leave: Action = (_, { panel }, chatId) => panel.request('leaveChat', { chatId });

/** While the one who goes is writing. */
const kick: Action = (world, { panel, id }, chatId, chance) => {
  const victim = chance.pick(world.people);
  if (victim.id === id) return burst(world, victim, chatId, chance);
  return Promise.all([
    burst(world, victim, chatId, chance),
    panel.request('removeMember', { chatId, userId: victim.id }),
  ]);
};

const invite: Action = (world, who, chatId, chance) => world.admit(who, chance.pick(world.people), chatId);

const read: Action = async (_, { panel, panels }, chatId) => {
  const seq = panels.get(chatId)?.snapshot().view?.messages.at(-1)?.seq;
  if (seq !== undefined) await panel.request('markRead', { chatId, seq });
};

/** By how often they happen. */
const ACTIONS: readonly Action[] = [send, send, send, send, send, burst, burst, read, invite, invite, kick, leave];

export function act(world: World, chance: Chance): Promise<unknown> {
  return chance.pick(ACTIONS)(world, chance.pick(world.people), chance.pick(world.chatIds), chance);
}
