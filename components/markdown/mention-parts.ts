import { AI_HANDLES, ALL_HANDLES } from '../../lib/model/mentions.ts';

export type MentionPart = { readonly text: string; readonly isMention: boolean };

/** As the database finds them (`private.handles`). */
const HANDLE = /(?<![a-z0-9_.@])@[a-z0-9_.]+/gi;
const EVERYBODY: readonly string[] = [...ALL_HANDLES, ...AI_HANDLES];

/** Splits text at the handles that mean somebody: those of `usernames`, everybody's and the AI's. */
export function mentionParts(text: string, usernames: ReadonlySet<string>): readonly MentionPart[] {
  const isSomebody = (handle: string) => {
    const name = handle.slice(1).toLowerCase();
    return usernames.has(name) || EVERYBODY.includes(name);
  };
  const parts: MentionPart[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(HANDLE)) {
    // A dot may belong to the name or end the sentence.
    const handle = [found, found.replace(/\.+$/, '')].find(isSomebody);
    if (handle === undefined) continue;
    if (index > end) parts.push({ text: text.slice(end, index), isMention: false });
    parts.push({ text: handle, isMention: true });
    end = index + handle.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), isMention: false });
  return parts;
}
