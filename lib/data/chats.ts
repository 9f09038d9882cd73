import { type ChatKind, type ChatSummary, MAX_TITLE_CHARACTERS, type Member } from '../model/chat.ts';
import { FailureError, failure } from '../model/failure.ts';
import { countCharacters } from '../model/text.ts';
import { type Backend, run } from './backend.ts';
import { invoke } from './functions.ts';
import { summaryRow } from './wire/chats.ts';
import { memberWithProfileRow } from './wire/people.ts';
import { readRow } from './wire/presence.ts';
import { parseRows } from './wire/rows.ts';

/** A check constraint was violated. */
const CHECK_VIOLATION = '23514';

/** All chats of the caller. */
export async function readChats(backend: Backend): Promise<ChatSummary[]> {
  return parseRows(summaryRow, await run(backend, () => backend.client.rpc('my_chats').throwOnError()));
}

/** Who is in the chat, by time of joining. Empty when the caller is not. */
export async function readMembers(backend: Backend, chatId: string): Promise<Member[]> {
  const columns = 'role, joined_at, profile:profiles!members_user_id_fkey(id, display_name, username, avatar_path)';
  const query = () =>
    backend.client.from('members').select(columns).eq('chat_id', chatId).order('joined_at').throwOnError();
  return parseRows(memberWithProfileRow, await run(backend, query));
}

/** How far each member has read, by who; without people of whom one blocked the other. Empty when the caller is not a member. */
export async function readPositions(backend: Backend, chatId: string): Promise<Record<string, number>> {
  const query = () => backend.client.rpc('read_positions', { p_chat: chatId }).throwOnError();
  const rows = parseRows(readRow, await run(backend, query));
  return Object.fromEntries(rows.map(({ userId, seq }) => [userId, seq]));
}

/** The same id again is the same chat. Fails with `empty` or `too_long` (the title) and `profile_required`. */
export async function createChat(backend: Backend, chat: { id: string; kind: ChatKind; title: string }): Promise<void> {
  const args = { p_id: chat.id, p_kind: chat.kind, p_title: chat.title };
  await run(
    backend,
    () => backend.client.rpc('create_chat', args).throwOnError(),
    (code) => {
      if (code === CHECK_VIOLATION) throw new FailureError(failure(chat.title.trim() === '' ? 'empty' : 'too_long'));
      return undefined;
    },
  );
}

/**
 * Makes a group out of the caller's solo chat, which stays as it is. The same id again is the same group. Fails with `title_invalid`,
 * `not_found` and `profile_required`.
 */
export async function copyChat(
  backend: Backend,
  { source, id, title }: { source: string; id: string; title: string },
): Promise<void> {
  if (title.trim() === '' || countCharacters(title.trim()) > MAX_TITLE_CHARACTERS)
    throw new FailureError(failure('title_invalid'));
  await invoke(backend, 'copy', { source, id, title });
}

export async function leaveChat(backend: Backend, chatId: string): Promise<void> {
  await run(backend, () => backend.client.rpc('leave_chat', { p_chat: chatId }).throwOnError());
}

/** Fails with `creator_stays` or `not_member`; somebody who is gone already is no failure. */
export async function removeMember(backend: Backend, chatId: string, userId: string): Promise<void> {
  await run(backend, () => backend.client.rpc('remove_member', { p_chat: chatId, p_user: userId }).throwOnError());
}

export async function markRead(backend: Backend, chatId: string, seq: number): Promise<void> {
  await run(backend, () => backend.client.rpc('mark_read', { p_chat: chatId, p_seq: seq }).throwOnError());
}
