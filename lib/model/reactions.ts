import type { Message, Reaction } from './chat.ts';

/** One emoji of one person, given or taken back. */
export interface ReactionChange {
  readonly emoji: string;
  readonly userId: string;
  readonly on: boolean;
}

/** The message with one reaction more or less, as the server will have it; the same message when that changes nothing. */
export function withReaction(message: Message, { emoji, userId, on }: ReactionChange): Message {
  const present = message.reactions.find((reaction) => reaction.emoji === emoji);
  if ((present?.userIds.includes(userId) ?? false) === on) return message;
  const userIds = (present?.userIds ?? []).filter((id) => id !== userId);
  const next: Reaction = { emoji, userIds: on ? [...userIds, userId] : userIds };
  const isKept = next.userIds.length > 0;
  const reactions =
    present === undefined
      ? [...message.reactions, next]
      : message.reactions.flatMap((reaction) => (reaction !== present ? reaction : isKept ? next : []));
  return { ...message, reactions };
}

/** The reactions without what these people gave. */
export function withoutPeople(reactions: readonly Reaction[], people: ReadonlySet<string>): readonly Reaction[] {
  if (people.size === 0) return reactions;
  return reactions
    .map(({ emoji, userIds }) => ({ emoji, userIds: userIds.filter((id) => !people.has(id)) }))
    .filter(({ userIds }) => userIds.length > 0);
}
