import { type Backend, run } from './backend.ts';
import { type OnPage, onPageRow } from './wire/page-presence.ts';
import { parseRow } from './wire/rows.ts';

/**
 * The caller looks at the chat, perhaps writes there, and has a page beside it: its hash, or null where there is none any more. Fails
 * with `not_member` and `groups_off`.
 */
export async function beatOnPage(
  backend: Backend,
  chatId: string,
  { typing, page }: { readonly typing: boolean; readonly page: string | null },
): Promise<OnPage> {
  const args = { p_chat: chatId, p_typing: typing, ...(page === null ? {} : { p_page: page }) };
  return parseRow(onPageRow, await run(backend, () => backend.client.rpc('beat_on_page', args).throwOnError()));
}

/** Whether the caller and others of the chat see each other on the same page. */
export async function readPagePresence(backend: Backend, chatId: string): Promise<boolean> {
  return (await run(backend, () => backend.client.rpc('my_page_presence', { p_chat: chatId }).throwOnError())) === true;
}

/** Fails with `not_member` and `groups_off`. */
export async function setPagePresence(backend: Backend, chatId: string, on: boolean): Promise<void> {
  await run(backend, () => backend.client.rpc('set_page_presence', { p_chat: chatId, p_on: on }).throwOnError());
}
