import * as v from 'valibot';
import type { Database } from './database.ts';
import type { LeasedJob } from './replies.ts';

const Earlier = v.nullable(
  v.object({
    summary: v.nullable(v.string()),
    mark: v.string(),
    messages: v.array(
      v.object({
        id: v.string(),
        kind: v.picklist(['member', 'assistant']),
        author: v.nullable(v.string()),
        body: v.string(),
      }),
    ),
  }),
);

/** What was said before a message: a summary, and from old to new the messages that are not in it yet. */
export type Earlier = NonNullable<v.InferOutput<typeof Earlier>>;

/** Summaries of a chat's older messages, as far as the person answered may read them. All throw DatabaseError. */
export interface Summaries {
  /** What was said before a message of the chat; null when the lease is lost or the person has gone. */
  read(job: LeasedJob, beforeId: string): Promise<Earlier | null>;
  /** Keeps a summary of all that `read` gave; false: something of it has changed since, so the summary must not be used. */
  keep(job: LeasedJob, beforeId: string, mark: string, text: string): Promise<boolean>;
}

/** The latest ones: what is older than these and in no summary is left out. */
const MOST_MESSAGES = 300;

export function openSummaries(database: Database): Summaries {
  const place = (job: LeasedJob, beforeId: string) => ({
    p_job: job.id,
    p_lease: job.lease,
    p_before: beforeId,
    p_limit: MOST_MESSAGES,
  });
  return {
    read: (job, beforeId) => database.call('reply_summary', place(job, beforeId), Earlier),
    keep: (job, beforeId, mark, text) =>
      database.call('keep_summary', { ...place(job, beforeId), p_mark: mark, p_body: text }, v.boolean()),
  };
}
