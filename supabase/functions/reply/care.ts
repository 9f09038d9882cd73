import { cleanText } from '../_shared/clean-text.ts';
import type { Care, LeasedJob, Replies, ReplyContext } from '../_shared/replies.ts';
import { MEMORY_RULES, YOUNG_RULES } from './care-rules.ts';
import { type Concern, KIND_WORDS } from './concern.ts';
import type { InputFile, InputFiles } from './input-files.ts';
import type { InputPages } from './input-pages.ts';
import type { ModelInput } from './model-input.ts';
import type { Moderator } from './moderator.ts';
import type { Toolbox } from './tools.ts';

/** What may go to the model, or what is said instead of asking it. */
export type Screened =
  | { readonly kind: 'open'; readonly context: ReplyContext; readonly care: Care }
  | { readonly kind: 'withheld'; readonly words: string };

/**
 * Looks through all that would go to the model from a restricted chat. A question of concern is not answered; whatever else is of
 * concern stays out. Without a moderator, and in any other chat, everything goes as it is. Throws ModelError.
 */
export async function screen(
  context: ReplyContext,
  { files, pages }: { readonly files: InputFiles; readonly pages: InputPages },
  care: Care,
  moderator: Moderator | undefined,
): Promise<Screened> {
  if (!care.restricted || moderator === undefined) return { kind: 'open', context, care };
  const { chat, messages, asker } = context;
  const texts = messages.map(({ id, body }) =>
    [body, ...textsOf(files.get(id) ?? []), ...(pages.get(id) ?? []).map(({ text }) => text)].join('\n'),
  );
  const settings = [chat.title, chat.instructions, ...care.memories];
  const [inTexts, inPictures] = await Promise.all([
    moderator.checkTexts([...texts, ...settings], asker.id),
    Promise.all(messages.map(({ id }) => checkPictures(files.get(id) ?? [], moderator, asker.id))),
  ]);
  const concerns = messages.map((_, index) => inTexts[index] ?? inPictures[index] ?? null);
  const asked = concerns[messages.findIndex(({ id }) => id === context.trigger_message_id)] ?? null;
  if (asked !== null) return { kind: 'withheld', words: KIND_WORDS[asked] };
  const [title, instructions, ...memories] = inTexts.slice(texts.length);
  return {
    kind: 'open',
    context: {
      ...context,
      chat: {
        ...chat,
        title: title == null ? chat.title : '',
        instructions: instructions == null ? chat.instructions : '',
      },
      messages: messages.filter((_, index) => concerns[index] === null),
    },
    care: { ...care, memories: care.memories.filter((_, index) => memories[index] == null) },
  };
}

/** With what care to answer; in a group without memories, whatever the database says. Null: nobody is to be answered. */
export async function readCare(
  job: LeasedJob,
  { chat }: ReplyContext,
  replies: Pick<Replies, 'readCare'>,
): Promise<Care | null> {
  const care = await replies.readCare(job);
  return care === null || chat.kind === 'solo' ? care : { ...care, memories: [] };
}

/** How much of a text file is looked through: what goes along of it. */
function textsOf(files: readonly InputFile[]): string[] {
  return files.flatMap((file) => (file.kind === 'text' ? [file.text] : []));
}

async function checkPictures(
  files: readonly InputFile[],
  moderator: Moderator,
  person: string,
): Promise<Concern | null> {
  const pictures = files.flatMap((file) => (file.kind === 'image' ? [file.dataUrl] : []));
  const concerns = await Promise.all(pictures.map((picture) => moderator.checkPicture(picture, person)));
  return concerns.find((concern) => concern !== null) ?? null;
}

/** What is added to the standing rules. */
export function rulesFor({ restricted, memories }: Care): readonly string[] {
  return [...(restricted ? [YOUNG_RULES] : []), ...(memories.length > 0 ? [MEMORY_RULES] : [])];
}

/** The input with the person's memories after the object about the chat. */
export function withMemories(input: ModelInput, { memories }: Care): ModelInput {
  const [chat, ...rest] = input;
  if (chat === undefined || memories.length === 0) return input;
  return [chat, { role: 'user', content: JSON.stringify({ remembered: memories.map(cleanText) }) }, ...rest];
}

/** In a restricted chat no member's picture goes into a made one. */
export function toolsFor({ restricted }: Care, tools: Toolbox | undefined): { readonly tools?: Toolbox } {
  if (tools === undefined || !restricted) return {};
  const { avatars: _, ...others } = tools;
  return { tools: others };
}
