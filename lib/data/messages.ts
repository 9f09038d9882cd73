import type { Message } from '../model/chat.ts';
import { FailureError, failure } from '../model/failure.ts';
import type { OutboxEntry } from '../model/outbox.ts';
import type { WholeShare } from '../model/share.ts';
import { countCharacters, MAX_MESSAGE_CHARACTERS } from '../model/text.ts';
import { type Backend, run } from './backend.ts';
import type { Database, Json } from './database.types.ts';
import { shareJson } from './shares.ts';
import { changeRow, type HeardChange } from './wire/changes.ts';
import { messageRow } from './wire/messages.ts';
import { parseRow, parseRows, tryParse } from './wire/rows.ts';

const COLUMNS = [
  'id, chat_id, seq, kind, author_id, body, target, status, reply_to, notice, created_at, edited_at, deleted_at',
  'mentions, mentions_all, reactions, attachments, sources, shares',
].join();
/** What stands in a table of its own comes with it: reactions that not every member may see. */
const WHOLE = `${COLUMNS},hidden_reactions(emoji,user_id,created_at)`;
const UNIQUE_VIOLATION = '23505';
const CHECK_VIOLATION = '23514';

/**
 * Stores a message. `exists`: the id is taken, most likely by an earlier try of the same entry; read it before believing so.
 * Fails with `not_member`, `too_long`, `empty`, `not_found` (what it answers to), `file_missing` and `share_unusable`.
 */
export async function insertMessage(
  backend: Backend,
  entry: OutboxEntry,
  shares: readonly WholeShare[],
): Promise<Message | 'exists'> {
  const { id, chatId, body, target, replyTo, files } = entry;
  // Without its seq: that one is the database's to give.
  const row = {
    id,
    chat_id: chatId,
    body,
    target,
    reply_to: replyTo,
    attachment_ids: files.map((file) => file.id),
    shares: shares.map(shareJson) as unknown as Json,
  } as Database['public']['Tables']['messages']['Insert'];
  const stored = await run<unknown>(
    backend,
    () => backend.client.from('messages').insert(row).select(COLUMNS).single().throwOnError(),
    (code) => {
      if (code === UNIQUE_VIOLATION) return 'exists';
      if (code === CHECK_VIOLATION) throw new FailureError(failure(isTooLong(body) ? 'too_long' : 'empty'));
      return undefined;
    },
  );
  return stored === 'exists' ? stored : parseRow(messageRow, stored);
}

/** Null when there is none, or none that the caller may see. */
export async function readMessage(backend: Backend, messageId: string): Promise<Message | null> {
  const query = () => backend.client.from('messages').select(WHOLE).eq('id', messageId).maybeSingle().throwOnError();
  return tryParse(messageRow, await run<unknown>(backend, query));
}

/** The latest messages before a seq (or of all), ascending. `hasOlder`: there are more before them. */
export async function readPage(
  backend: Backend,
  chatId: string,
  { beforeSeq, limit }: { beforeSeq: number | null; limit: number },
): Promise<{ messages: Message[]; hasOlder: boolean }> {
  const rows = await run<unknown[]>(backend, () => {
    const query = backend.client.from('messages').select(WHOLE).eq('chat_id', chatId);
    const before = beforeSeq === null ? query : query.lt('seq', beforeSeq);
    return before
      .order('seq', { ascending: false })
      .limit(limit + 1)
      .throwOnError();
  });
  return { messages: parseRows(messageRow, rows.slice(0, limit)).reverse(), hasOlder: rows.length > limit };
}

/** The first messages after a seq, ascending. `hasNewer`: there are more after them. */
export async function readPageAfter(
  backend: Backend,
  chatId: string,
  { afterSeq, limit }: { afterSeq: number; limit: number },
): Promise<{ messages: Message[]; hasNewer: boolean }> {
  const query = () =>
    backend.client
      .from('messages')
      .select(WHOLE)
      .eq('chat_id', chatId)
      .gt('seq', afterSeq)
      .order('seq')
      .limit(limit + 1)
      .throwOnError();
  const rows = await run<unknown[]>(backend, query);
  return { messages: parseRows(messageRow, rows.slice(0, limit)), hasNewer: rows.length > limit };
}

/** Changes after a cursor, oldest first; empty when there are none, or the caller is not a member. */
export async function readChanges(
  backend: Backend,
  chatId: string,
  after: number,
  limit: number,
): Promise<HeardChange[]> {
  const args = { p_chat: chatId, p_after: after, p_limit: limit };
  return parseRows(changeRow, await run(backend, () => backend.client.rpc('catch_up', args).throwOnError()));
}

function isTooLong(body: string): boolean {
  return countCharacters(body) > MAX_MESSAGE_CHARACTERS;
}
