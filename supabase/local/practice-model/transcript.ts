import * as v from 'valibot';
import type { InputMessage } from './request.ts';

/** A message of a person. */
export interface PersonTurn {
  readonly id: string | null;
  /** Tells people apart who share a name. */
  readonly from: string;
  readonly name: string;
  readonly text: string;
  readonly files: readonly TurnFile[];
  /** What it shares of pages. */
  readonly pages: readonly TurnPage[];
}

/** What was shared of a page. */
export interface TurnPage {
  /** By which it is cited. */
  readonly name: string;
  readonly title: string;
  readonly text: string;
}

/** A file of a message, as far as the request shows it. */
export interface TurnFile {
  readonly name: string;
  /** In bytes; null: its content did not come along as bytes. */
  readonly size: number | null;
  readonly text: string | null;
}

/** A chat as it can be read from a request's input. */
export interface Transcript {
  /** Names of those in the chat now, as far as the request says. */
  readonly people: readonly string[];
  readonly turns: readonly PersonTurn[];
  /** Notes about what was said before the turns; null: none. */
  readonly earlier: string | null;
  /** The message to answer. */
  readonly ask: PersonTurn;
  /** How many profile pictures came along. */
  readonly portraits: number;
}

const ChatLine = v.object({ people: v.array(v.object({ name: v.string() })) });

const EarlierLine = v.object({ earlier: v.string() });

const PersonLine = v.object({
  id: v.optional(v.nullable(v.string()), null),
  from: v.nullable(v.string()),
  name: v.optional(v.nullable(v.string()), null),
  text: v.optional(v.string(), ''),
  files: v.optional(
    v.array(v.object({ name: v.string(), shown: v.optional(v.boolean(), false), text: v.optional(v.string()) })),
    [],
  ),
  pages: v.optional(v.array(v.object({ page: v.string(), title: v.string(), fence: v.optional(v.string()) })), []),
});

const PortraitsLine = v.object({ profile_pictures: v.array(v.unknown()) });

const NOBODY: PersonTurn = { id: null, from: '', name: '', text: '', files: [], pages: [] };
const ADDRESS = /(^|\s)@(ai|sideroom)\b[,:]?/gi;

/**
 * Reads people's messages, which come as one JSON object each ({id, from, name, text}), and plain text as a message of somebody
 * without a name. A last word of the developer may name the message to answer; else it is the newest.
 */
export function readTranscript(input: readonly InputMessage[]): Transcript {
  let people: readonly string[] = [];
  const turns: PersonTurn[] = [];
  let portraits = 0;
  let earlier: string | null = null;
  for (const { role, text, sizes } of input) {
    if (role !== 'user') continue;
    const chat = parseLine(ChatLine, text);
    const notes = parseLine(EarlierLine, text);
    // The texts of pages stand behind the line.
    const [head = ''] = text.split('\n', 1);
    const line = parseLine(PersonLine, head);
    // Its own pictures are nobody's turn.
    if (line?.from === 'ai') continue;
    if (parseLine(PortraitsLine, text) !== null) {
      portraits += sizes.length;
      continue;
    }
    if (line !== null)
      turns.push({
        id: line.id,
        from: line.from ?? '',
        name: line.name ?? '',
        text: withoutAddress(line.text),
        files: pairFiles(line.files, sizes),
        pages: line.pages.map(({ page, title, fence }) => ({ name: page, title, text: fenced(text, fence) })),
      });
    else if (notes !== null) earlier = notes.earlier;
    else if (chat !== null) people = chat.people.map((person) => person.name);
    else turns.push({ ...NOBODY, text: withoutAddress(text) });
  }
  const named = /\bmessage (\S+) now\b/.exec(
    input.findLast((message) => message.role === 'developer')?.text ?? '',
  )?.[1];
  const ask = turns.find((turn) => turn.id !== null && turn.id === named) ?? turns.at(-1) ?? NOBODY;
  return { people, turns, earlier, ask, portraits };
}

function fenced(text: string, fence: string | undefined): string {
  return fence === undefined ? '' : (text.split(`<${fence}>\n`)[1]?.split(`\n</${fence}>`)[0] ?? '');
}

/** Those that are shown follow the line in the same order. */
function pairFiles(
  files: readonly { readonly name: string; readonly shown: boolean; readonly text?: string | undefined }[],
  sizes: readonly (number | null)[],
): readonly TurnFile[] {
  const left = [...sizes];
  return files.map(({ name, shown, text = null }) => ({ name, size: shown ? (left.shift() ?? null) : null, text }));
}

/** The text without the handle that called the assistant: the rest is what is meant for it. */
function withoutAddress(text: string): string {
  return text.replace(ADDRESS, '$1').replace(/\s+/g, ' ').trim();
}

function parseLine<Schema extends v.GenericSchema>(schema: Schema, text: string): v.InferOutput<Schema> | null {
  if (!text.startsWith('{')) return null;
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
  return parsed.success ? parsed.output : null;
}
