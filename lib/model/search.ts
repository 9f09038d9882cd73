import type { Message, Person } from './chat.ts';

/** What is looked for in the messages of all of a person's chats. */
export interface SearchQuery {
  /** All words count, the last one as a beginning. May be empty when an author or a page is given. */
  readonly text: string;
  /** Null: in all chats. */
  readonly chatId: string | null;
  /** The author's username. */
  readonly from: string | null;
  /** A part of the address or of the title of a page that was shared. */
  readonly page?: string | null;
  /** Id of the last message of the page before. */
  readonly before: string | null;
}

/** What was typed, in parts. */
export type Typed = Pick<SearchQuery, 'text' | 'from'> & { readonly page: string | null };

/**
 * What was typed, with `from:username` (or `from:@username`) and `page:host`, `page:"words of a title"` or `page:address` taken out of
 * the words.
 */
export function parseSearch(typed: string): Typed {
  const from = /(?:^|\s)from:@?([a-z0-9_.]+)/i.exec(typed)?.[1]?.toLowerCase() ?? null;
  const [, quoted, bare] = /(?:^|\s)page:(?:"([^"]+)"?|([^\s"]+))/i.exec(typed) ?? [];
  const page = (quoted ?? bare ?? '').trim().replace(/^(https?:\/\/)?(www\.)?/i, '');
  const text = typed.replace(/(?:^|\s)(?:from:@?[a-z0-9_.]*|page:(?:"[^"]*"?|[^\s"]*))/gi, ' ');
  return { text: text.trim() === '' ? '' : text.trimStart(), from, page: page === '' ? null : page };
}

/** Whether there is enough to look for: two letters, or one of a script whose characters are words. */
export function isSearchable({ text, from, page }: Typed): boolean {
  return (
    from !== null ||
    page !== null ||
    /[\p{L}\p{N}]{2}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(text)
  );
}

export interface SearchPage {
  /** Latest first. */
  readonly messages: readonly Message[];
  readonly people: Readonly<Record<string, Person>>;
  readonly hasMore: boolean;
}

/** A piece of a found text. */
export interface SnippetPart {
  readonly text: string;
  readonly isMatch: boolean;
}

/** How much stands before the first match, in characters. */
const LEAD = 40;
const LENGTH = 200;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** The part of a message in which it was found, in one line, with what was looked for marked. */
export function snippetOf(body: string, text: string): readonly SnippetPart[] {
  const line = body.replace(/\s+/g, ' ').trim();
  const words = (text.match(WORD) ?? []).map((word) => word.toLowerCase());
  const pattern = words.map((word) => `(?<![\\p{L}\\p{N}])${word}|(?<=[\\p{Lo}])${word}`).join('|');
  const matches = pattern === '' ? [] : [...line.matchAll(new RegExp(pattern, 'giu'))];
  const first = matches[0]?.index ?? 0;
  const start = first > LEAD ? line.lastIndexOf(' ', first - LEAD / 2) + 1 || first - LEAD / 2 : 0;
  const end = Math.min(line.length, start + LENGTH);
  const parts: SnippetPart[] = [];
  let at = start;
  const add = (to: number, isMatch: boolean) => {
    if (to > at) parts.push({ text: line.slice(at, to), isMatch });
    at = Math.max(at, to);
  };
  for (const { index, 0: match } of matches) {
    if (index < start || index >= end) continue;
    add(index, false);
    add(Math.min(end, index + match.length), true);
  }
  add(end, false);
  const [head] = parts;
  if (start > 0 && head !== undefined) parts[0] = { ...head, text: `…${head.text}` };
  return end < line.length ? [...parts, { text: '…', isMatch: false }] : parts;
}
