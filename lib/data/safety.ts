import type { ReportReason } from '../model/account.ts';
import type { Person } from '../model/chat.ts';
import { type Backend, run } from './backend.ts';
import { personRow } from './wire/people.ts';
import { parseRows } from './wire/rows.ts';

/** Shows the operator a message; doing so again is once. Fails with `not_found` and `too_many_reports`. */
export async function reportMessage(
  backend: Backend,
  messageId: string,
  reason: ReportReason,
  comment: string,
): Promise<void> {
  const args = { p_message: messageId, p_reason: reason, p_comment: comment };
  await run(backend, () => backend.client.rpc('report_message', args).throwOnError());
}

/** Whom the caller blocked, the first blocked first. */
export async function readBlocked(backend: Backend): Promise<Person[]> {
  return parseRows(personRow, await run(backend, () => backend.client.rpc('my_blocks').throwOnError()));
}

/** Blocks somebody of the caller's chats, or takes it back. Fails with `not_found` and `too_many_blocks`. */
export async function setBlocked(backend: Backend, userId: string, blocked: boolean): Promise<void> {
  await run(backend, () => backend.client.rpc('set_block', { p_user: userId, p_on: blocked }).throwOnError());
}
