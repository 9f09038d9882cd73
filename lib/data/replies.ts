import type { Decision, Receipt, Reply, ReplyFailure, ReplyMode } from '../model/chat.ts';
import type { ReplyLimit } from '../model/chat-view.ts';
import { FailureError, failure } from '../model/failure.ts';
import { type Backend, run } from './backend.ts';
import { invoke } from './functions.ts';
import {
  quotaRow,
  type ReplyNews,
  receiptRow,
  refusedRow,
  replyFailureRow,
  replyJobRow,
  silenceRow,
} from './wire/replies.ts';
import { parseRows, tryParse } from './wire/rows.ts';

const COLUMNS =
  'id, chat_id, message_id, trigger_message_id, asker_id, state, attempts, partial, stop_requested_by, status';

/** Tells the function that a reply may be due in this chat. Harmless if twice or in vain. */
export async function pokeReply(backend: Backend, chatId: string): Promise<void> {
  await invoke(backend, 'reply', { chat_id: chatId });
}

/** The replies of a chat that have not ended, oldest first, each with its text so far. */
export async function readReplies(backend: Backend, chatId: string): Promise<Reply[]> {
  const query = () =>
    backend.client
      .from('reply_jobs')
      .select(COLUMNS)
      .eq('chat_id', chatId)
      .eq('kind', 'answer')
      .in('state', ['queued', 'running'])
      .order('created_at')
      .throwOnError();
  return parseRows(replyJobRow, await run(backend, query)).flatMap((news) => (news.ended ? [] : [news.reply]));
}

/**
 * The person's last question in a chat that a limit stands against, as long as it does. The event `limit` tells it once;
 * here it is read again.
 */
export async function readLimit(
  backend: Backend,
  { chatId, userId }: { chatId: string; userId: string },
): Promise<ReplyLimit | null> {
  const jobs = () =>
    backend.client
      .from('reply_jobs')
      .select('trigger_message_id, error, finished_at')
      .match({ chat_id: chatId, asker_id: userId })
      .in('error', ['quota', 'pictures', 'ceiling'])
      .order('created_at', { ascending: false })
      .limit(1)
      .maybeSingle()
      .throwOnError();
  const refused = tryParse(refusedRow, await run<unknown>(backend, jobs));
  if (refused === null) return null;
  const { at, ...limit } = refused;
  if (limit.reason === 'ceiling') return { ...limit, resetsAt: midnightAfter(at) };
  const quota = tryParse(quotaRow, await run<unknown>(backend, () => backend.client.rpc('my_quota').throwOnError()));
  const resetsAt = quota?.[limit.reason] ?? null;
  return resetsAt === null ? null : { ...limit, resetsAt };
}

/** A day's money is counted from midnight to midnight in UTC. */
function midnightAfter(at: string): string {
  const time = new Date(at);
  return new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth(), time.getUTCDate() + 1)).toISOString();
}

/** What an answer was made of and why it was given, by its message; null when nothing is known of it. */
export async function readReceipt(backend: Backend, messageId: string): Promise<Receipt | null> {
  const query = () =>
    backend.client
      .from('reply_jobs')
      .select('asker_id, decision, receipt')
      .eq('message_id', messageId)
      .maybeSingle()
      .throwOnError();
  return tryParse(receiptRow, await run<unknown>(backend, query));
}

/** Why an answer did not come, by its message; null when nothing is known of it. */
export async function readReplyFailure(backend: Backend, messageId: string): Promise<ReplyFailure | null> {
  const query = () =>
    backend.client
      .from('reply_jobs')
      .select('error, retry_at')
      .eq('message_id', messageId)
      .maybeSingle()
      .throwOnError();
  return tryParse(replyFailureRow, await run<unknown>(backend, query));
}

/** Why the AI said nothing after a message; null when it was not considered. */
export async function readSilence(backend: Backend, messageId: string): Promise<Decision | null> {
  const query = () =>
    backend.client
      .from('reply_jobs')
      .select('decision')
      .eq('trigger_message_id', messageId)
      .eq('kind', 'turn')
      // One that waits for a second look has been silent so far.
      .in('state', ['silent', 'queued'])
      .maybeSingle()
      .throwOnError();
  return tryParse(silenceRow, await run<unknown>(backend, query));
}

/** Any member may. Fails with `not_member` and `not_found` (not a group). */
export async function setReplyMode(backend: Backend, chatId: string, mode: ReplyMode): Promise<void> {
  await run(backend, () => backend.client.rpc('set_reply_mode', { p_chat: chatId, p_mode: mode }).throwOnError());
}

/** The AI is to join in more (1) or less (-1) by itself. */
export async function tuneReplies(backend: Backend, chatId: string, step: 1 | -1): Promise<void> {
  await run(backend, () => backend.client.rpc('tune_replies', { p_chat: chatId, p_step: step }).throwOnError());
}

/** Null when there is none, or none that the caller may see. */
export async function readReply(backend: Backend, jobId: string): Promise<ReplyNews | null> {
  const query = () => backend.client.from('reply_jobs').select(COLUMNS).eq('id', jobId).maybeSingle().throwOnError();
  return tryParse(replyJobRow, await run<unknown>(backend, query));
}

export async function stopReply(backend: Backend, jobId: string): Promise<void> {
  await run(backend, () => backend.client.rpc('stop_reply', { p_job: jobId }).throwOnError());
}

/** Queues the failed reply whose message this is again; resolves with its chat. Fails with `not_found`. */
export async function retryReply(backend: Backend, messageId: string): Promise<string> {
  const find = () =>
    backend.client.from('reply_jobs').select('id, chat_id').eq('message_id', messageId).maybeSingle().throwOnError();
  const job = await run<{ id: string; chat_id: string } | null>(backend, find);
  if (job === null) throw new FailureError(failure('not_found'));
  await run(backend, () => backend.client.rpc('retry_reply', { p_job: job.id }).throwOnError());
  return job.chat_id;
}
