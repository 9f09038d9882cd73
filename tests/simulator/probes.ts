import { fromBase64 } from '../../lib/model/base64.ts';
import type { Attachment, Message } from '../../lib/model/chat.ts';
import { FailureError } from '../../lib/model/failure.ts';
import { someBytes } from '../support/files.ts';
import type { Book } from './book.ts';
import type { Inhabitant } from './world.ts';

const FILES_ASKED_FOR = 8;

/** Members read the files of the messages that they see, byte by byte; whoever is not in the chat reads none. */
export async function probeFiles(person: Inhabitant, book: Book, messages: readonly Message[]): Promise<string[]> {
  const files = messages.flatMap(({ attachments }) => attachments).slice(-FILES_ASKED_FOR);
  const isMember = book.members.has(person.id);
  const faults = await Promise.all(
    files.map(async (file) => {
      const bytes = await readFile(person, book.chatId, file);
      if (!isMember) return bytes === null ? [] : [`went, and reads the file ${file.id}`];
      if (bytes === null) return [`cannot read the file ${file.id}`];
      return Buffer.from(someBytes(file.size)).equals(bytes) ? [] : [`reads other bytes than were sent in ${file.id}`];
    }),
  );
  return faults.flat();
}

/** Null when it is not the person's to read. */
export async function readFile(
  { panel }: Inhabitant,
  chatId: string,
  { id }: Pick<Attachment, 'id'>,
): Promise<Uint8Array | null> {
  try {
    return fromBase64((await panel.request('readAttachment', { chatId, id, part: 'file', offset: 0 })).data);
  } catch (reason) {
    if (reason instanceof FailureError && reason.failure.code === 'not_found') return null;
    throw reason;
  }
}

/** A word that was said is found exactly by those who may read it, as long as it stands there. */
export async function probeSearch(
  { panel }: Inhabitant,
  { wordings }: Book,
  messages: readonly Message[],
): Promise<string[]> {
  const latest = messages.findLast(({ body, kind }) => kind === 'member' && body !== '');
  const replaced = wordings.findLast(({ messageId, body }) =>
    messages.some((message) => message.id === messageId && message.body !== body),
  );
  const faults: string[] = [];
  for (const body of [latest?.body, replaced?.body, wordings.at(-1)?.body]) {
    const word = body?.split(' ')[1];
    if (word === undefined) continue;
    const { messages: found } = await panel.request('search', { text: word, chatId: null, from: null, before: null });
    const ids = found.map(({ id }) => id).join();
    const wanted = messages.filter((message) => message.body.includes(word)).map(({ id }) => id);
    if (ids !== wanted.join()) faults.push(`looks for ${word} and finds ${found.length} messages of ${wanted.length}`);
  }
  return faults;
}
