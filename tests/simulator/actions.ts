import type { Action } from './action.ts';
import { change, react, remove } from './changing.ts';
import type { Chance } from './random.ts';
import { attach, burst, send, sendLast } from './sending.ts';
import type { World } from './world.ts';

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

/** Reads further up or down, at another place, or at the end. */
const leaf: Action = async (_, { panels }, chatId, chance) => {
  const panel = panels.get(chatId);
  const seqs = panel?.snapshot().view?.messages.map(({ seq }) => seq) ?? [];
  if (panel === undefined || seqs.length === 0) return;
  panel.follow(chance.hits(0.5));
  const fate = chance.below(4);
  if (fate === 0) await panel.loadOlder();
  else if (fate === 1) await panel.loadNewer();
  else await panel.showAround(fate === 2 ? chance.pick(seqs) : null);
};

/** Looks at the chat, writes in it, or looks away. */
const attend: Action = async (_, { panels }, chatId, chance) => {
  const looks = chance.hits(0.7);
  const typing = looks && chance.hits(0.5);
  const panel = panels.get(chatId);
  panel?.setVisible(looks);
  await panel?.request('attend', { chatId: looks ? chatId : null, typing });
};

const archive: Action = (_, { panel }, chatId, chance) =>
  panel.request('setArchived', { chatId, archived: chance.hits(0.7) });

/** Looks for a word that was said; whatever is found has it. */
const search: Action = async ({ accepted, sights }, { panel, name }, _, chance) => {
  if (accepted.length === 0) return;
  const text = chance.pick(accepted).body.split(' ')[1] ?? '';
  const { messages } = await panel.request('search', { text, chatId: null, from: null, before: null });
  const strays = messages.filter(({ body }) => !body.includes(text));
  if (strays.length > 0) sights.push(`${name} looked for ${text} and found ${strays.length} messages without it`);
};

/** By how often they happen. */
const SHARES: readonly (readonly [Action, number])[] = [
  [send, 6],
  [burst, 3],
  [sendLast, 2],
  [react, 5],
  [read, 2],
  [leaf, 3],
  [invite, 3],
  [attach, 2],
  [change, 2],
  [attend, 2],
  [remove, 1],
  [kick, 1],
  [leave, 1],
  [archive, 1],
  [search, 1],
];
const ACTIONS = SHARES.flatMap(([action, share]) => Array.from({ length: share }, () => action));

export function act(world: World, chance: Chance): Promise<unknown> {
  return chance.pick(ACTIONS)(world, chance.pick(world.people), chance.pick(world.chatIds), chance);
}
