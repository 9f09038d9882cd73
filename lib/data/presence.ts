import { type Backend, run } from './backend.ts';
import { type PresenceNews, presenceRow } from './wire/presence.ts';
import { parseRows } from './wire/rows.ts';

/** The caller looks at the chat, and perhaps writes there, or does not any more. Fails with `not_member`. */
export async function beat(
  backend: Backend,
  chatId: string,
  { here, typing }: { readonly here: boolean; readonly typing: boolean },
): Promise<void> {
  const args = { p_chat: chatId, p_here: here, p_typing: typing };
  await run(backend, () => backend.client.rpc('beat', args).throwOnError());
}

/** Who looks at the chat, the caller included. Empty when the caller is not a member. */
export async function readPresence(backend: Backend, chatId: string): Promise<PresenceNews[]> {
  const query = () => backend.client.rpc('present_members', { p_chat: chatId }).throwOnError();
  return parseRows(presenceRow, await run(backend, query));
}
