import { type InviteOptions, type InvitePreview, USUAL_INVITE } from '../model/chat.ts';
import type { Passage } from '../model/passage.ts';
import { type Backend, run } from './backend.ts';
import { invoke } from './functions.ts';
import { type NewInvite, newInviteRow, previewRow, type Redemption, redemptionRow } from './wire/invites.ts';
import { parseRow } from './wire/rows.ts';

/** Any member makes one. Fails with `not_member`, `not_found` (not a group) and `invite_options`. */
export async function createInvite(
  backend: Backend,
  chatId: string,
  options: InviteOptions,
  page: Passage | null,
): Promise<NewInvite> {
  const { expiresIn, maxUses, needsApproval, history } = options;
  const args = {
    p_chat: chatId,
    // The generated types know no arguments that may be null; here it means that the link does not expire.
    ...(expiresIn === USUAL_INVITE.expiresIn ? {} : { p_expires_in: expiresIn as string }),
    ...(maxUses === null ? {} : { p_max_uses: maxUses }),
    ...(needsApproval ? { p_needs_approval: true } : {}),
    ...(page === null ? {} : { p_page_url: page.url }),
    ...(page?.quote == null ? {} : { p_page_quote: page.quote }),
    ...(history === USUAL_INVITE.history ? {} : { p_history: history }),
  };
  return parseRow(newInviteRow, await run(backend, () => backend.client.rpc('create_invite', args).throwOnError()));
}

/** Kills every earlier link of the chat. */
export async function resetInvites(backend: Backend, chatId: string): Promise<void> {
  await run(backend, () => backend.client.rpc('reset_invites', { p_chat: chatId }).throwOnError());
}

/** Needs no session and spends no use. Fails with `invite_invalid`, and with `too_many_requests` after ten tokens that were. */
export async function previewInvite(backend: Backend, token: string): Promise<InvitePreview> {
  return parseRow(previewRow, await invoke(backend, 'invite', { action: 'preview', token }));
}

/** Joins, or asks to be let in. Fails as a preview does, and with `group_full` and `profile_required`. */
export async function redeemInvite(backend: Backend, token: string): Promise<Redemption> {
  return parseRow(redemptionRow, await invoke(backend, 'invite', { action: 'redeem', token }));
}
