import { cleanText } from '../_shared/clean-text.ts';
import type { LeasedJob, Replies, ReplyFile } from '../_shared/replies.ts';
import { encodeBase64, readText, sniff } from './bytes.ts';
import type { Capabilities } from './capabilities.ts';
import type { Toolbox } from './tools.ts';

/** A file as the model gets it. `unread`: only its name. */
export type InputFile = { readonly name: string } & (
  | { readonly kind: 'image' | 'document'; readonly dataUrl: string }
  | { readonly kind: 'text'; readonly text: string; readonly isCut: boolean }
  | { readonly kind: 'unread' }
);

/** By the id of the message that they came with. */
export type InputFiles = ReadonlyMap<string, readonly InputFile[]>;

const MAX_IMAGES = 6;
const MAX_DOCUMENTS = 2;
/** Of all files of a request together. */
export const MAX_BYTES = 12 * 1024 * 1024;
/** Of one text file, in characters. */
export const MAX_TEXT = 32_000;

interface Question {
  readonly chatId: string;
  /** The message to answer, and the one that it answers in turn: a picture in it may be the one to change. */
  readonly askedIds: readonly string[];
}

/** Reads what the latest messages brought along, within the budget: first the files of the question, then from new to old. */
export async function loadFiles(
  job: LeasedJob,
  messageIds: readonly string[],
  askedIds: readonly string[],
  { capabilities, files }: Toolbox,
  replies: Replies,
): Promise<InputFiles> {
  const all = await replies.filesOf(job, messageIds);
  const wanted = chooseFiles(all, { chatId: job.chatId, askedIds }, capabilities);
  const bytes = await Promise.all(wanted.map(({ object }) => files.read(object).catch(() => null)));
  const read = new Map<string, InputFile>();
  let left = MAX_BYTES;
  wanted.forEach(({ file }, index) => {
    const content = bytes[index] ?? null;
    // A stored object may be larger than its row says.
    if (content === null || content.length > left) return;
    left -= content.length;
    read.set(file.id, describe(file.name, content, capabilities));
  });
  return Map.groupBy(
    all.map((file) => ({ messageId: file.message_id, shown: read.get(file.id) ?? unread(file.name) })),
    ({ messageId }) => messageId,
  )
    .entries()
    .reduce(
      (map, [id, group]) =>
        map.set(
          id,
          group.map(({ shown }) => shown),
        ),
      new Map<string, InputFile[]>(),
    );
}

interface WantedFile {
  readonly file: ReplyFile;
  /** The name of the object that holds its bytes. */
  readonly object: string;
}

/** A small picture of a picture; what it weighs is not known before. */
const THUMBNAIL_BYTES = 200_000;

/** Which files are worth reading, by what their senders say of them. The bytes decide afterwards. */
export function chooseFiles(
  files: readonly ReplyFile[],
  { chatId, askedIds }: Question,
  capabilities: Capabilities,
): readonly WantedFile[] {
  const asked = askedIds.flatMap((id) => files.filter((file) => file.message_id === id));
  const others = files.filter((file) => !askedIds.includes(file.message_id)).reverse();
  const wanted: WantedFile[] = [];
  const left = { images: MAX_IMAGES, documents: MAX_DOCUMENTS, bytes: MAX_BYTES };
  for (const file of [...asked, ...others]) {
    const kind = kindOf(file, capabilities);
    if (kind === null || left[kind] === 0) continue;
    const small = file.has_thumbnail && !askedIds.includes(file.message_id);
    const size = small ? Math.min(file.size, THUMBNAIL_BYTES) : file.size;
    if (size > left.bytes) continue;
    left[kind] -= 1;
    left.bytes -= size;
    wanted.push({ file, object: `${chatId}/${file.id}${small ? '.thumb' : ''}` });
  }
  return wanted;
}

function kindOf({ content_type: type }: ReplyFile, capabilities: Capabilities): 'images' | 'documents' | null {
  if (type.startsWith('image/')) return capabilities.has('images') ? 'images' : null;
  if (type === 'application/pdf') return capabilities.has('files') ? 'documents' : null;
  // Text goes as text: every service takes it.
  return /^text\/|[/+](json|xml|javascript|yaml)$/.test(type) ? 'documents' : null;
}

function describe(name: string, bytes: Uint8Array, capabilities: Capabilities): InputFile {
  const type = sniff(bytes);
  if (type === null) {
    const text = readText(bytes);
    return text === null ? unread(name) : textFile(name, cleanText(text));
  }
  const isDocument = type === 'application/pdf';
  if (!capabilities.has(isDocument ? 'files' : 'images')) return unread(name);
  const dataUrl = `data:${type};base64,${encodeBase64(bytes)}`;
  return { name: cleanText(name), kind: isDocument ? 'document' : 'image', dataUrl };
}

function textFile(name: string, text: string): InputFile {
  return { name: cleanText(name), kind: 'text', text: text.slice(0, MAX_TEXT), isCut: text.length > MAX_TEXT };
}

function unread(name: string): InputFile {
  return { name: cleanText(name), kind: 'unread' };
}
