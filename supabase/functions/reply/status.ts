import type { LeasedJob, Replies, ReplyStatus } from '../_shared/replies.ts';
import type { ModelAnswer } from './fold.ts';
import { isUnreachable } from './insist.ts';
import type { Watch } from './receipt.ts';

/** Until the first word, what it was given is being read. */
export function statusOf({ text, tools }: ModelAnswer, { status }: Watch): ReplyStatus | null {
  if (tools.status !== null) return tools.status;
  return status?.startsWith('reading') && text === '' ? status : null;
}

/** Told once; that it could not be told does no harm. */
export async function showStatus(
  job: LeasedJob,
  status: ReplyStatus | null,
  replies: Replies,
  watch: Watch,
): Promise<void> {
  if (watch.status === status) return;
  watch.status = status;
  try {
    await replies.showStatus(job, status);
  } catch (error) {
    if (!isUnreachable(error)) throw error;
  }
}
