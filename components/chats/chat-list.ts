import { type ChatSummary, titleOf } from '../../lib/model/chat.ts';

export interface ChatSections {
  readonly groups: readonly ChatSummary[];
  readonly mine: readonly ChatSummary[];
  /** Put away, groups and solo chats together. */
  readonly archived: readonly ChatSummary[];
}

/** The chats whose title holds all words of `query`, groups, solo chats and archived ones apart, latest activity first. */
export function sectionsOf(chats: readonly ChatSummary[], query: string): ChatSections {
  const words = fold(query).split(/\s+/).filter(Boolean);
  const found = chats
    .filter((chat) => words.every((word) => fold(titleOf(chat)).includes(word)))
    .sort((a, b) => activityOf(b).localeCompare(activityOf(a)) || a.id.localeCompare(b.id));
  const listed = found.filter((chat) => !chat.archived);
  return {
    groups: listed.filter((chat) => chat.kind === 'group'),
    mine: listed.filter((chat) => chat.kind === 'solo'),
    archived: found.filter((chat) => chat.archived),
  };
}

/** When something last happened in a chat, ISO 8601. */
export function activityOf(chat: ChatSummary): string {
  return chat.lastMessage?.createdAt ?? chat.createdAt;
}

/** Case and accents do not matter when one looks for something. */
function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase();
}
