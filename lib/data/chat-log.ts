import type { LogLine } from '../model/chat-log.ts';
import { type Backend, run } from './backend.ts';
import { logLine } from './wire/chat-log.ts';
import { parseRows } from './wire/rows.ts';

/** A page of a chat's log, the latest first; `before`: a number. Empty when the caller is not a member. */
export async function readLog(
  backend: Backend,
  chatId: string,
  before: number | null,
  limit: number,
): Promise<LogLine[]> {
  const args = { p_chat: chatId, p_limit: limit, ...(before === null ? {} : { p_before: before }) };
  return parseRows(logLine, await run<unknown>(backend, () => backend.client.rpc('chat_log', args).throwOnError()));
}
