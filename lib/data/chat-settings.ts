import type { NotificationLevel } from '../model/chat.ts';
import { FailureError, failure } from '../model/failure.ts';
import { type Backend, run } from './backend.ts';

/** What is kept for the creator was tried by somebody else. */
const NOT_CREATOR = 'SR006';

/** Any member may. Fails with `title_invalid`. */
export async function renameChat(backend: Backend, chatId: string, title: string): Promise<void> {
  await run(backend, () => backend.client.rpc('rename_chat', { p_chat: chatId, p_title: title }).throwOnError());
}

/** What the AI is told before each answer. Any member may. Fails with `instructions_too_long`. */
export async function setInstructions(backend: Backend, chatId: string, instructions: string): Promise<void> {
  const args = { p_chat: chatId, p_instructions: instructions };
  await run(backend, () => backend.client.rpc('set_instructions', args).throwOnError());
}

/** Of the caller alone. */
export async function setNotificationLevel(
  backend: Backend,
  place: { readonly chatId: string; readonly userId: string },
  level: NotificationLevel,
): Promise<void> {
  const { chatId, userId } = place;
  const members = () => backend.client.from('members').update({ notification_level: level });
  await run(backend, () => members().eq('chat_id', chatId).eq('user_id', userId).throwOnError());
}

/** Of the caller alone. */
export async function setArchived(backend: Backend, chatId: string, archived: boolean): Promise<void> {
  const args = { p_chat: chatId, p_archived: archived };
  await run(backend, () => backend.client.rpc('set_archived', args).throwOnError());
}

/** Of the caller alone: nothing said so far is theirs to see any more. */
export async function clearChat(backend: Backend, chatId: string): Promise<void> {
  await run(backend, () => backend.client.rpc('clear_chat', { p_chat: chatId }).throwOnError());
}

/** For everyone; of a solo chat the title does not matter. Fails with `creator_only` and `title_mismatch`. */
export async function deleteChat(backend: Backend, chatId: string, title: string): Promise<void> {
  const args = { p_chat: chatId, p_title: title };
  await run(backend, () => backend.client.rpc('delete_chat', args).throwOnError(), refuseOthers);
}

/** Fails with `creator_only` and, when that person has left meanwhile, `not_member` or `not_found`. */
export async function handOver(backend: Backend, chatId: string, userId: string): Promise<void> {
  const args = { p_chat: chatId, p_user: userId };
  await run(backend, () => backend.client.rpc('hand_over', args).throwOnError(), refuseOthers);
}

/** How many days a chat keeps what is said; null: for ever. */
export async function readRetention(backend: Backend, chatId: string): Promise<number | null> {
  const chats = () => backend.client.from('chats').select('retention_days');
  const row = await run(backend, () => chats().eq('id', chatId).maybeSingle().throwOnError());
  return row?.retention_days ?? null;
}

/** Any member may. Fails with `retention_invalid`. */
export async function setRetention(backend: Backend, chatId: string, days: number | null): Promise<void> {
  const args = { p_chat: chatId, ...(days === null ? {} : { p_days: days }) };
  await run(backend, () => backend.client.rpc('set_retention', args).throwOnError());
}

function refuseOthers(code: string): undefined {
  if (code === NOT_CREATOR) throw new FailureError(failure('creator_only'));
}
