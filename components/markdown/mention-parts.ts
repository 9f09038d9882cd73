import { AI_HANDLES, ALL_HANDLES } from '../../lib/model/mentions.ts';

export type MentionPart = { readonly text: string; readonly isMention: boolean };

const HANDLE = /(?<![a-z0-9_.@])@[a-z0-9_]+(?:\.[a-z0-9_]+)*/gi;
const EVERYBODY: readonly string[] = [...ALL_HANDLES, ...AI_HANDLES];

/** Splits text at the handles that mean somebody: those of `usernames`, everybody's and the AI's. */
export function mentionParts(text: string, usernames: ReadonlySet<string>): readonly MentionPart[] {
  const parts: MentionPart[] = [];
  let end = 0;
  for (const { 0: handle, index } of text.matchAll(HANDLE)) {
    const name = handle.slice(1).toLowerCase();
    if (!usernames.has(name) && !EVERYBODY.includes(name)) continue;
    if (index > end) parts.push({ text: text.slice(end, index), isMention: false });
    parts.push({ text: handle, isMention: true });
    end = index + handle.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), isMention: false });
  return parts;
}
