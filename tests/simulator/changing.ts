import type { Message } from '../../lib/model/chat.ts';
import type { Action } from './action.ts';
import type { Chance } from './random.ts';
import type { Inhabitant } from './world.ts';

const EMOJI = ['👍', '🎉', '❤️'];

/** A message in the person's panel that can be changed; null when there is none. */
function pickMessage(
  { panels }: Inhabitant,
  chatId: string,
  chance: Chance,
  fits: (message: Message) => boolean,
): Message | null {
  const messages = panels.get(chatId)?.snapshot().view?.messages ?? [];
  const fitting = messages.filter(
    (message) => message.kind === 'member' && message.deletedAt === null && fits(message),
  );
  return fitting.length > 0 ? chance.pick(fitting) : null;
}

/** Through the panel, which shows it before the server has heard of it. */
export const react: Action = async (_, who, chatId, chance) => {
  const emoji = chance.pick(EMOJI);
  const message = pickMessage(who, chatId, chance, () => true);
  if (message === null) return;
  const given = message.reactions.some((reaction) => reaction.emoji === emoji && reaction.userIds.includes(who.id));
  await who.panels.get(chatId)?.react(message, { emoji, userId: who.id, on: !given });
};

export const change: Action = async ({ changed, newWord }, who, chatId, chance) => {
  const message = pickMessage(who, chatId, chance, ({ authorId }) => authorId === who.id);
  if (message === null) return;
  const body = `edited ${newWord()}`;
  await who.panel.request('editMessage', { chatId, messageId: message.id, body });
  changed.push({ id: message.id, chatId, body });
};

export const remove: Action = async ({ changed }, who, chatId, chance) => {
  const message = pickMessage(who, chatId, chance, ({ authorId }) => authorId === who.id);
  if (message === null) return;
  await who.panel.request('deleteMessage', { chatId, messageId: message.id });
  changed.push({ id: message.id, chatId, body: null });
};
