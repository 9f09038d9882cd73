import { AI_HANDLES, ALL_HANDLES } from '../../lib/model/mentions.ts';

export type MentionPart = { readonly text: string; readonly isMention: boolean };

/** As the database finds them (`private.handles`). */
const HANDLE = /(?<![a-z0-9_.@])@[a-z0-9_.]+/gi;
const EVERYBODY: readonly string[] = [...ALL_HANDLES, ...AI_HANDLES];

/** Laying out a paragraph takes the square of the marks in it: nobody addresses as many. */
const MOST = 500;

/** Splits text at the handles that mean somebody: those of `usernames`, everybody's and the AI's; the first 500 of them. */
export function mentionParts(text: string, usernames: ReadonlySet<string>): readonly MentionPart[] {
  const isSomebody = (handle: string) => {
    const name = handle.slice(1).toLowerCase();
    return usernames.has(name) || EVERYBODY.includes(name);
  };
  const parts: MentionPart[] = [];
  let mentions = 0;
  let end = 0;
  for (const { 0: found, index } of text.matchAll(HANDLE)) {
    // A dot may belong to the name or end the sentence.
    const handle = [found, found.replace(/\.+$/, '')].find(isSomebody);
    if (handle === undefined) continue;
    if (mentions === MOST) break;
    mentions += 1;
    if (index > end) parts.push({ text: text.slice(end, index), isMention: false });
    parts.push({ text: handle, isMention: true });
    end = index + handle.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), isMention: false });
  return parts;
}
