import type { MessageVersion } from '../model/chat.ts';
import { FailureError, failure } from '../model/failure.ts';
import { type Backend, run } from './backend.ts';
import { versionRow } from './wire/messages.ts';
import { parseRows } from './wire/rows.ts';

const CHECK_VIOLATION = '23514';

/** The caller's own reaction. Fails with `not_found`, `emoji_invalid` and `too_many_reactions`. */
export async function setReaction(backend: Backend, messageId: string, emoji: string, on: boolean): Promise<void> {
  const args = { p_message: messageId, p_emoji: emoji, p_on: on };
  await run(backend, () => backend.client.rpc('set_reaction', args).throwOnError());
}

/** Fails with `not_found` (deleted, too), `author_only` and `empty`. */
export async function editMessage(backend: Backend, messageId: string, body: string): Promise<void> {
  const args = { p_message: messageId, p_body: body };
  await run(
    backend,
    () => backend.client.rpc('edit_message', args).throwOnError(),
    (code) => {
      if (code === CHECK_VIOLATION) throw new FailureError(failure('empty'));
      return undefined;
    },
  );
}

/** Leaves a tombstone. Fails with `not_found` and `author_only`. */
export async function deleteMessage(backend: Backend, messageId: string): Promise<void> {
  await run(backend, () => backend.client.rpc('delete_message', { p_message: messageId }).throwOnError());
}

/** What a message said before it was edited, the first wording first. */
export async function readVersions(backend: Backend, messageId: string): Promise<MessageVersion[]> {
  const query = () =>
    backend.client
      .from('message_versions')
      .select('body, replaced_at')
      .eq('message_id', messageId)
      .order('version')
      .throwOnError();
  return parseRows(versionRow, await run<unknown[]>(backend, query));
}
