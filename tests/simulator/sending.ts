import { newId } from '../../lib/model/ids.ts';
import { someBytes, stage } from '../support/files.ts';
import type { Action } from './action.ts';
import type { Chance } from './random.ts';
import type { Inhabitant, World } from './world.ts';

const LARGEST_FILE = 3_000;

export const send: Action = (world, who, chatId, chance) =>
  say(world, who, chatId, { replyTo: somethingIn(who, chatId, chance) });

/** Hands a message over, and keeps in mind what was taken over. Resolves with its id. */
export async function say(
  { accepted, newWord }: World,
  { id: authorId, panel }: Inhabitant,
  chatId: string,
  { replyTo = null, fileIds = [] }: { replyTo?: string | null; fileIds?: readonly string[] },
): Promise<string> {
  const id = newId();
  const body = `message ${newWord()}`;
  const askedAt = Date.now();
  await panel.request('send', { id, chatId, body, target: 'people', replyTo, fileIds });
  accepted.push({ ...{ id, chatId, authorId, body, fileIds, askedAt }, at: Date.now() });
  return id;
}

/** Now and then the id of a message that is shown, to answer it. */
function somethingIn({ panels }: Inhabitant, chatId: string, chance: Chance): string | null {
  const said =
    panels
      .get(chatId)
      ?.snapshot()
      .view?.messages.filter(({ kind }) => kind === 'member') ?? [];
  return chance.hits(0.3) && said.length > 0 ? chance.pick(said).id : null;
}

/** Several at once, as somebody in a hurry does. */
export const burst: Action = (world, who, chatId, chance) =>
  Promise.all(Array.from({ length: 5 }, () => send(world, who, chatId, chance)));

/** The worker ends as soon as it said that it has the message. */
export const sendLast: Action = async (world, who, chatId, chance) => {
  await send(world, who, chatId, chance);
  await who.browser.kill();
  who.browser.start();
};

/** Adds a file or two and sends them at once, takes one back, or leaves it in the composer. */
export const attach: Action = async (world, who, chatId, chance) => {
  const sizes = Array.from({ length: 1 + chance.below(2) }, () => 1 + chance.below(LARGEST_FILE));
  const thumbnail = chance.hits(0.3) ? someBytes(40) : null;
  const fate = chance.next();
  const files = [];
  for (const size of sizes) files.push(await stage(who, chatId, someBytes(size), {}, thumbnail));
  const fileIds = files.map(({ id }) => id);
  if (fate < 0.8) await say(world, who, chatId, { fileIds });
  else if (fate < 0.9) for (const id of fileIds) await who.panel.request('discardFile', { id });
};
