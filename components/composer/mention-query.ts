import type { Member } from '../../lib/model/chat.ts';
import { AI_HANDLES, AI_NAME, ALL_HANDLES } from '../../lib/model/mentions.ts';

/** An `@…` under the caret: where it starts in the text, and what was typed after the sign. */
export interface MentionQuery {
  readonly start: number;
  readonly query: string;
}

export type MentionChoice = { readonly handle: string; readonly name: string } & (
  | { readonly kind: 'ai' | 'all' }
  | { readonly kind: 'member'; readonly member: Member }
);

const MOST_CHOICES = 6;

/** The mention being typed at the caret, or null. In `ana@example.org` there is none. */
export function findMentionQuery(text: string, caret: number): MentionQuery | null {
  const match = /(^|[^\p{L}\p{N}_.@])@([\p{L}\p{N}\p{M}_.]{0,30})$/u.exec(text.slice(0, caret));
  if (match === null) return null;
  const query = match[2] ?? '';
  return { start: caret - query.length - 1, query };
}

/** Whom a query may mean: the AI first, then members by name, then everyone at once; those whose username begins like it before those whose name does. */
export function rankMentions(query: string, members: readonly Member[], meId: string): readonly MentionChoice[] {
  const wanted = fold(query);
  const ai: MentionChoice = { kind: 'ai', handle: AI_HANDLES[0], name: AI_NAME };
  const everyone: MentionChoice = { kind: 'all', handle: ALL_HANDLES[0], name: 'Everyone' };
  const others = members
    .filter((member) => member.id !== meId)
    .map((member): MentionChoice => ({ kind: 'member', handle: member.username, name: member.displayName, member }))
    .sort((a, b) => a.name.localeCompare(b.name));
  // With one other person there is nobody more to address; behind a long list it would not be seen.
  const all =
    others.length < 2
      ? [ai, ...others]
      : [ai, ...others.slice(0, MOST_CHOICES - 2), everyone, ...others.slice(MOST_CHOICES - 2)];
  const byHandle = all.filter((choice) => handlesOf(choice).some((handle) => handle.startsWith(wanted)));
  const byName = all.filter(
    (choice) => !byHandle.includes(choice) && words(choice.name).some((word) => word.startsWith(wanted)),
  );
  return [...byHandle, ...byName].slice(0, MOST_CHOICES);
}

/** The text with the mention completed, and where the caret goes: after the space behind it. */
export function insertMention(
  text: string,
  { start, query }: MentionQuery,
  handle: string,
): { text: string; caret: number } {
  const after = text.slice(start + 1 + query.length);
  const mention = `@${handle} `;
  return { text: text.slice(0, start) + mention + after.replace(/^ /, ''), caret: start + mention.length };
}

function handlesOf({ kind, handle }: MentionChoice): readonly string[] {
  if (kind === 'member') return [handle];
  return kind === 'ai' ? AI_HANDLES : ALL_HANDLES;
}

function words(name: string): readonly string[] {
  return fold(name).split(/\s+/);
}

function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase();
}
