import * as v from 'valibot';
import type { Database } from './database.ts';

const Claim = v.nullable(
  v.union([
    v.object({ job_id: v.string(), lease: v.string(), chat_id: v.string(), attempt: v.number() }),
    v.object({ job_id: v.string(), lease: v.null() }),
  ]),
);

const Person = v.object({ id: v.string(), name: v.string(), username: v.string() });

const ContextMessage = v.object({
  id: v.string(),
  kind: v.picklist(['member', 'assistant']),
  author_id: v.nullable(v.string()),
  author: v.nullable(v.string()),
  body: v.string(),
  reply_to: v.nullable(v.string()),
  created_at: v.string(),
});

const Context = v.nullable(
  v.object({
    chat: v.object({
      id: v.string(),
      kind: v.picklist(['solo', 'group']),
      title: v.string(),
      instructions: v.string(),
    }),
    asker: Person,
    trigger_message_id: v.string(),
    members: v.array(Person),
    messages: v.array(ContextMessage),
  }),
);

const Acknowledgement = v.object({ held: v.boolean(), stop: v.boolean() });

export type ContextMessage = v.InferOutput<typeof ContextMessage>;
/** What may go to the model: chat, present members, and messages from old to new. */
export type ReplyContext = NonNullable<v.InferOutput<typeof Context>>;
/** `held` false: the lease is lost, write nothing more. `stop`: somebody pressed Stop. */
export type Acknowledgement = v.InferOutput<typeof Acknowledgement>;

/** A reply job that this worker holds, as long as it writes at least every 30 seconds. */
export interface LeasedJob {
  readonly id: string;
  readonly lease: string;
  readonly chatId: string;
  /** Counts from 1. */
  readonly attempt: number;
}

/** Why a reply failed, as the chat shows it. */
export type ReplyError = 'unreachable' | 'unauthorized' | 'limited' | 'refused' | 'model' | 'unknown';

export type ReplyEnd =
  | { readonly state: 'done' | 'stopped'; readonly body: string }
  | { readonly state: 'failed'; readonly error: ReplyError; readonly retry: boolean };

/** The queue of reply jobs, for workers. All throw DatabaseError. */
export interface Replies {
  /** Leases the next due job of one chat, or of any; null when nothing is due. */
  claim(chatId: string | null): Promise<LeasedJob | null>;
  /** Null when the lease is lost or the person asked for is no member any more. */
  readContext(job: LeasedJob, messages: number): Promise<ReplyContext | null>;
  /** Stores and broadcasts a delta at `offset` (in code points) and renews the lease; an empty text only renews. */
  append(job: LeasedJob, offset: number, text: string): Promise<Acknowledgement>;
  /** Ends the job with its one message, or queues it again; false when the lease was lost and nothing was written. */
  finish(job: LeasedJob, end: ReplyEnd): Promise<boolean>;
}

export function openReplies(database: Database): Replies {
  return {
    async claim(chatId) {
      for (;;) {
        const claim = await database.call('claim_reply', { p_chat: chatId }, Claim);
        if (claim === null) return null;
        // Without a lease the call has ended a job instead (stopped, or out of attempts): ask again.
        if (claim.lease === null) continue;
        return { id: claim.job_id, lease: claim.lease, chatId: claim.chat_id, attempt: claim.attempt };
      }
    },
    readContext: (job, messages) =>
      database.call('reply_context', { p_job: job.id, p_lease: job.lease, p_limit: messages }, Context),
    append: (job, offset, text) =>
      database.call(
        'append_reply',
        { p_job: job.id, p_lease: job.lease, p_offset: offset, p_text: text },
        Acknowledgement,
      ),
    finish: (job, end) =>
      database.call(
        'finish_reply',
        {
          p_job: job.id,
          p_lease: job.lease,
          p_state: end.state,
          p_body: end.state === 'failed' ? '' : end.body,
          p_error: end.state === 'failed' ? end.error : null,
          p_retry: end.state === 'failed' && end.retry,
        },
        v.boolean(),
      ),
  };
}
