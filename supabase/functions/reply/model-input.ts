import type OpenAI from 'openai';
import { cleanText } from '../_shared/clean-text.ts';
import type { ContextMessage, ReplyContext } from '../_shared/replies.ts';
import { estimateTokens, takeLast } from './budget.ts';
import { contentOf, describeFiles } from './file-parts.ts';
import type { InputFile, InputFiles } from './input-files.ts';
import { describePages, type InputPage, type InputPages } from './input-pages.ts';

export type ModelInput = OpenAI.Responses.EasyInputMessage[];

/** What goes along with the messages. */
export interface Company {
  readonly files?: InputFiles;
  readonly pages?: InputPages;
  /** What was said before these messages, in a few words. */
  readonly earlier?: string | null;
}

/**
 * The chat as the model reads it: an object about the chat, then the messages from old to new, as many of the latest as the budget
 * (in tokens) holds, and which one to answer where that is not the newest. People and messages go by short names of this request
 * (u1, m1): no id of the database leaves it, and none is needed, for the model cannot act on any. Files that are not among `files`
 * go by name.
 */
export function buildInput(
  context: ReplyContext,
  budgetTokens: number,
  { files = new Map(), pages = new Map(), earlier = null }: Company = {},
): ModelInput {
  const messages = messagesWithin(context, budgetTokens);
  const names = nameAll(context);
  const input: ModelInput = [{ role: 'user', content: describeChat(context, names.people) }];
  if (earlier !== null) input.push({ role: 'user', content: JSON.stringify({ earlier: cleanText(earlier) }) });
  for (const message of messages) {
    const own = files.get(message.id) ?? [];
    const shared = pages.get(message.id) ?? [];
    if (message.kind === 'member')
      input.push({ role: 'user', content: contentOf(describeMessage(message, names, own, shared), own, shared) });
    else input.push(...describeAnswer(message, own));
  }
  const newest = context.messages.findLast((message) => message.kind === 'member');
  const trigger = names.messages.get(context.trigger_message_id);
  if (newest?.id !== context.trigger_message_id && trigger !== undefined) {
    input.push({ role: 'developer', content: `Answer message ${trigger} now.` });
  }
  return input;
}

/** The short names of people in requests about this context, by their ids. */
export function namesOfPeople(context: ReplyContext): ReadonlyMap<string, string> {
  return nameAll(context).people;
}

/** The latest messages, one JSON object on each line, the short names of people's among them, and what those stand for. */
export function describeTalk(
  context: ReplyContext,
  count: number,
): { readonly text: string; readonly names: readonly string[]; idOf(name: string): string | null } {
  const names = nameAll(context);
  const shown = context.messages.slice(-count);
  const lines = shown.map((message) =>
    message.kind === 'assistant'
      ? JSON.stringify({ id: names.messages.get(message.id), from: 'ai', text: cleanText(message.body) })
      : describeMessage(message, names),
  );
  return {
    text: [describeChat(context, names.people), ...lines, ...describeWait(context)].join('\n'),
    names: shown.flatMap(({ id, kind }) => (kind === 'member' ? (names.messages.get(id) ?? []) : [])),
    idOf: (name) => [...names.messages].find(([, short]) => short === name)?.[0] ?? null,
  };
}

function describeWait({ unanswered_seconds: seconds }: ReplyContext): readonly string[] {
  return seconds == null ? [] : [JSON.stringify({ unanswered_seconds: seconds })];
}

interface Names {
  readonly people: ReadonlyMap<string, string>;
  readonly messages: ReadonlyMap<string, string>;
}

/** Members come first, in the order of joining, so that their names stay the same from request to request. */
function nameAll({ members, messages }: ReplyContext): Names {
  const people = new Map<string, string>();
  const authors = messages.flatMap((message) => (message.author_id === null ? [] : [message.author_id]));
  for (const id of [...members.map((member) => member.id), ...authors]) {
    if (!people.has(id)) people.set(id, `u${people.size + 1}`);
  }
  return { people, messages: new Map(messages.map((message, index) => [message.id, `m${index + 1}`])) };
}

function describeChat({ chat, members }: ReplyContext, people: Names['people']): string {
  const preferences = cleanText(chat.instructions).trim();
  return JSON.stringify({
    chat: chat.kind,
    ...(chat.title === '' ? {} : { title: cleanText(chat.title) }),
    people: members.map((member) => ({
      id: people.get(member.id),
      name: cleanText(member.name),
      username: member.username,
    })),
    ...(preferences === '' ? {} : { preferences }),
  });
}

/** One line: JSON escapes the line breaks, so no text can pretend to be a second message. */
function describeMessage(
  message: ContextMessage,
  names: Names,
  files: readonly InputFile[] = [],
  pages: readonly InputPage[] = [],
): string {
  return JSON.stringify({
    id: names.messages.get(message.id),
    from: message.author_id === null ? null : names.people.get(message.author_id),
    name: message.author === null ? null : cleanText(message.author),
    reply_to: message.reply_to === null ? null : (names.messages.get(message.reply_to) ?? null),
    text: cleanText(message.body),
    ...(pages.length === 0 ? {} : { pages: describePages(pages) }),
    ...(message.files.length === 0
      ? {}
      : { files: files.length === 0 ? message.files.map(cleanText) : describeFiles(files) }),
  });
}

/** Only people's items hold pictures, so what the AI made comes after its words. */
function describeAnswer({ body }: ContextMessage, files: readonly InputFile[]): ModelInput {
  const words: ModelInput = body === '' ? [] : [{ role: 'assistant', content: cleanText(body) }];
  if (files.length === 0) return words;
  const line = JSON.stringify({ from: 'ai', files: describeFiles(files) });
  return [...words, { role: 'user', content: contentOf(line, files) }];
}

const LINE_COST = 20;

/** The latest messages within the budget, and the one to answer however old it is. */
export function messagesWithin(
  { messages, trigger_message_id: triggerId }: ReplyContext,
  budgetTokens: number,
): readonly ContextMessage[] {
  const cost = (message: ContextMessage) => estimateTokens(message.body) + LINE_COST;
  const trigger = messages.find((message) => message.id === triggerId);
  const latest = takeLast(messages, budgetTokens - (trigger ? cost(trigger) : 0), (message) =>
    message === trigger ? 0 : cost(message),
  );
  return trigger === undefined || latest.includes(trigger) ? latest : [trigger, ...latest];
}
