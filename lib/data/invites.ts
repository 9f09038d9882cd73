import type { InvitePreview } from '../model/chat.ts';
import { type Backend, run } from './backend.ts';
import { invoke } from './functions.ts';
import { type NewInvite, newInviteRow, previewRow, redemptionRow } from './wire/invites.ts';
import { parseRow } from './wire/rows.ts';

/** Any member makes one, with the server's defaults. Fails with `not_member` and `not_found` (not a group). */
export async function createInvite(backend: Backend, chatId: string): Promise<NewInvite> {
  return parseRow(
    newInviteRow,
    await run(backend, () => backend.client.rpc('create_invite', { p_chat: chatId }).throwOnError()),
  );
}

/** Kills every earlier link of the chat. */
export async function resetInvites(backend: Backend, chatId: string): Promise<void> {
  await run(backend, () => backend.client.rpc('reset_invites', { p_chat: chatId }).throwOnError());
}

/** Needs no session and spends no use. Fails with `invite_invalid`. */
export async function previewInvite(backend: Backend, token: string): Promise<InvitePreview> {
  return parseRow(previewRow, await invoke(backend, 'invite', { action: 'preview', token }));
}

/** Joins. Fails with `invite_invalid`, `group_full` and `profile_required`. */
export async function redeemInvite(backend: Backend, token: string): Promise<{ readonly chatId: string }> {
  return parseRow(redemptionRow, await invoke(backend, 'invite', { action: 'redeem', token }));
}
