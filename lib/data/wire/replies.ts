import * as v from 'valibot';
import type { Decision, Delta, Receipt, Reply, ReplyFailure } from '../../model/chat.ts';
import type { ReplyLimit } from '../../model/chat-view.ts';
import { modelSlot } from './models.ts';
import { camelKeys, count, id, type Row, time } from './rows.ts';

/** A reply that goes on, or the word that it has ended and what its message's id is. */
export type ReplyNews =
  | { readonly ended: false; readonly reply: Reply }
  | { readonly ended: true; readonly jobId: string; readonly chatId: string; readonly messageId: string };

const job = {
  chat_id: id,
  message_id: id,
  trigger_message_id: id,
  asker_id: v.nullable(id),
  state: v.picklist(['queued', 'running', 'done', 'stopped', 'failed']),
  // What a newer server tells of is not known here.
  status: v.optional(
    v.fallback(v.nullable(v.picklist(['reading', 'reading_page', 'reading_pages', 'searching', 'drawing'])), null),
    null,
  ),
};

/** The event `reply` of a chat's topic. Its text comes in deltas. */
export const replyEventRow: Row<ReplyNews> = v.pipe(
  v.object({ ...job, job_id: id, attempt: count, stopping: v.boolean() }),
  v.transform((row) => toNews({ ...camelKeys(row), text: '' })),
);

/** A row of `reply_jobs`. */
export const replyJobRow: Row<ReplyNews> = v.pipe(
  v.object({ ...job, id, attempts: count, partial: v.string(), stop_requested_by: v.nullable(id) }),
  v.transform(({ id: jobId, attempts: attempt, partial: text, stop_requested_by, ...row }) =>
    toNews({ ...camelKeys(row), jobId, attempt, text, stopping: stop_requested_by !== null }),
  ),
);

const decision: Row<Decision> = v.pipe(
  v.object({
    by: v.picklist(['rules', 'gate']),
    action: v.picklist(['reply', 'react', 'silent']),
    reason: v.string(),
    confidence: v.optional(v.nullable(v.number()), null),
    threshold: v.optional(v.nullable(v.number()), null),
  }),
);

/** `decision` of a row of `reply_jobs` that ended silent. */
export const silenceRow: Row<Decision> = v.pipe(
  v.object({ decision }),
  v.transform((row) => row.decision),
);

const difficulty = v.optional(v.nullable(v.picklist(['easy', 'normal', 'hard'])), null);
const flag = v.optional(v.nullable(v.boolean()), null);
const route = v.object({
  slot: modelSlot,
  missing: v.boolean(),
  effort: v.nullable(v.string()),
  pinned: v.boolean(),
  difficulty,
  because: v.object({
    plan: v.optional(v.nullable(v.string()), null),
    difficulty,
    tokens: v.optional(v.nullable(count), null),
    images: flag,
    files: flag,
  }),
});

/** What a row of `reply_jobs` keeps of a failure. */
export const replyFailureRow: Row<ReplyFailure> = v.pipe(
  v.object({
    error: v.fallback(
      v.picklist([
        'unreachable',
        'unauthorized',
        'limited',
        'credit',
        'too_long',
        'refused',
        'model',
        'crashed',
        'unknown',
      ]),
      // What a newer server tells of is not known here.
      'unknown',
    ),
    retry_at: v.nullable(time),
  }),
  v.transform(camelKeys),
);

/** What a row of `reply_jobs` keeps of an answer. */
export const receiptRow: Row<Receipt> = v.pipe(
  v.object({
    asker_id: v.nullable(id),
    decision: v.nullable(decision),
    receipt: v.nullable(
      v.object({
        model: v.nullable(v.string()),
        rules: v.string(),
        messages: count,
        pages: v.optional(count, 0),
        input_tokens: v.nullable(count),
        output_tokens: v.nullable(count),
        gate_input_tokens: v.optional(v.nullable(count), null),
        gate_output_tokens: v.optional(v.nullable(count), null),
        cost_micros: v.optional(v.nullable(v.number()), null),
        currency: v.optional(v.nullable(v.string()), null),
        route: v.optional(v.fallback(v.nullable(route), null), null),
        first_ms: v.nullable(v.number()),
        total_ms: v.number(),
      }),
    ),
  }),
  v.transform(({ asker_id, decision: why, receipt }) => ({
    askerId: asker_id,
    decision: why,
    made: receipt === null ? null : camelKeys(receipt),
  })),
);

/** The event `limit` of a person's own topic: there is no answer to a message before then. */
export interface LimitNews extends ReplyLimit {
  readonly chatId: string;
}
const reason = v.fallback(v.picklist(['quota', 'pictures', 'ceiling']), 'quota');
export const limitRow: Row<LimitNews> = v.pipe(
  v.object({ chat_id: id, message_id: id, resets_at: time, reason: v.optional(reason, 'quota') }),
  v.transform(camelKeys),
);

/** A row of `reply_jobs` that ended at a limit, and when. */
export const refusedRow: Row<Omit<ReplyLimit, 'resetsAt'> & { readonly at: string }> = v.pipe(
  v.object({ trigger_message_id: id, error: v.picklist(['quota', 'pictures', 'ceiling']), finished_at: time }),
  v.transform(({ trigger_message_id: messageId, error: reason, finished_at: at }) => ({ messageId, reason, at })),
);

/** What `my_quota` says of the plan's limits that are reached: when each is over; null for one that is not. */
export const quotaRow: Row<{ readonly quota: string | null; readonly pictures: string | null }> = v.pipe(
  v.object({
    ...{ replies: v.nullable(count), used: count, resets_at: time },
    ...{ pictures: v.nullable(count), pictures_used: count, pictures_reset_at: time },
  }),
  v.transform((row) => ({
    quota: row.replies !== null && row.used >= row.replies ? row.resets_at : null,
    pictures: row.pictures !== null && row.pictures_used >= row.pictures ? row.pictures_reset_at : null,
  })),
);

/** The event `delta` of a chat's topic. */
export const deltaRow: Row<Delta> = v.pipe(
  v.object({ job_id: id, chat_id: id, message_id: id, attempt: count, offset: count, text: v.string() }),
  v.transform(camelKeys),
);

function toNews(
  reply: Omit<Reply, 'state'> & { readonly state: Reply['state'] | 'done' | 'stopped' | 'failed' },
): ReplyNews {
  const { state, jobId, chatId, messageId } = reply;
  if (state === 'queued' || state === 'running') return { ended: false, reply: { ...reply, state } };
  return { ended: true, jobId, chatId, messageId };
}
