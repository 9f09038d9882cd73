import * as v from 'valibot';
import type { Database } from './database.ts';

const Claim = v.nullable(
  v.union([
    v.object({
      job_id: v.string(),
      lease: v.string(),
      chat_id: v.string(),
      attempt: v.number(),
      kind: v.optional(v.picklist(['answer', 'turn']), 'answer'),
    }),
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
  files: v.optional(v.array(v.string()), []),
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
    talkativeness: v.optional(v.number(), 0),
    members: v.array(Person),
    messages: v.array(ContextMessage),
  }),
);

const Care = v.nullable(v.object({ restricted: v.boolean(), memories: v.array(v.string()) }));

const ReplyFile = v.object({
  message_id: v.string(),
  id: v.string(),
  name: v.string(),
  content_type: v.string(),
  size: v.number(),
  has_thumbnail: v.boolean(),
});

const Acknowledgement = v.object({ held: v.boolean(), stop: v.boolean() });

export type ContextMessage = v.InferOutput<typeof ContextMessage>;
/** What may go to the model: chat, present members, and messages from old to new. */
export type ReplyContext = NonNullable<v.InferOutput<typeof Context>>;
/**
 * With what care to answer. `restricted`: somebody in the chat is under 18; who, nobody learns. `memories`: what the person wants the AI
 * to remember, in a solo chat of their own only.
 */
export type Care = NonNullable<v.InferOutput<typeof Care>>;
/** A file of a message, as its sender named it. */
export type ReplyFile = v.InferOutput<typeof ReplyFile>;
/** `held` false: the lease is lost, write nothing more. `stop`: somebody pressed Stop. */
export type Acknowledgement = v.InferOutput<typeof Acknowledgement>;

/** A reply job that this worker holds, as long as it writes at least every 30 seconds. */
export interface LeasedJob {
  readonly id: string;
  readonly lease: string;
  readonly chatId: string;
  /** Counts from 1. */
  readonly attempt: number;
  /** `turn`: whether to say anything is still open. */
  readonly kind: 'answer' | 'turn';
}

/** What became of a turn, and why: kept as it is, to be told and to tune thresholds on. */
export interface TurnDecision {
  readonly by: 'rules' | 'gate';
  readonly action: 'reply' | 'react' | 'silent';
  readonly reason: string;
  readonly confidence: number | null;
  /** What the gate wanted, and how sure it would have had to be to speak. */
  readonly wanted?: 'reply' | 'react' | 'silent';
  readonly threshold?: number;
  readonly emoji?: string;
}

/** What an answer was made of. */
export interface Receipt {
  readonly model: string | null;
  /** Version of the standing rules. */
  readonly rules: string;
  /** How many messages went to the model. */
  readonly messages: number;
  readonly input_tokens: number | null;
  readonly output_tokens: number | null;
  readonly first_ms: number | null;
  readonly total_ms: number;
}

/** What the AI does besides thinking and writing. */
export type ReplyStatus = 'reading' | 'searching' | 'drawing';

/** A web page that an answer cites. */
export interface Source {
  readonly title: string;
  readonly url: string;
}

/** A picture whose bytes are stored already, and a small one of it under `.thumb`. */
export interface MadePicture {
  readonly id: string;
  readonly name: string;
  readonly content_type: string;
  /** In pixels, where its bytes say so. */
  readonly width: number | null;
  readonly height: number | null;
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
  /** Null as with the context, and when a guardian has turned the asker's group chats off. */
  readCare(job: LeasedJob): Promise<Care | null>;
  /** Stores and broadcasts a delta at `offset` (in code points) and renews the lease; an empty text only renews. */
  append(job: LeasedJob, offset: number, text: string): Promise<Acknowledgement>;
  /** Files of these messages, in order; none that the person answered may not read. */
  filesOf(job: LeasedJob, messageIds: readonly string[]): Promise<readonly ReplyFile[]>;
  /** Tells the chat what the AI is doing; null: nothing but thinking and writing. */
  showStatus(job: LeasedJob, status: ReplyStatus | null): Promise<void>;
  /** Keeps what the answer found and made for the message that ends the job. */
  keepResults(job: LeasedJob, sources: readonly Source[], picture: MadePicture | null): Promise<void>;
  /** A turn becomes an answer, a reaction to the message, or nothing; false when the lease was lost. */
  decide(job: LeasedJob, decision: TurnDecision, messageId: string | null): Promise<boolean>;
  keepReceipt(job: LeasedJob, receipt: Receipt): Promise<void>;
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
        const { job_id, lease, chat_id, attempt, kind } = claim;
        return { id: job_id, lease, chatId: chat_id, attempt, kind };
      }
    },
    readContext: (job, messages) =>
      database.call('reply_context', { p_job: job.id, p_lease: job.lease, p_limit: messages }, Context),
    readCare: (job) => database.call('reply_care', { p_job: job.id, p_lease: job.lease }, Care),
    append: (job, offset, text) =>
      database.call(
        'append_reply',
        { p_job: job.id, p_lease: job.lease, p_offset: offset, p_text: text },
        Acknowledgement,
      ),
    filesOf: (job, messageIds) =>
      database.call(
        'reply_files',
        { p_job: job.id, p_lease: job.lease, p_messages: [...messageIds] },
        v.array(ReplyFile),
      ),
    async showStatus(job, status) {
      await database.call('show_reply_status', { p_job: job.id, p_lease: job.lease, p_status: status }, v.boolean());
    },
    async keepResults(job, sources, picture) {
      // As text: the embedded REST would encode a value of JSON twice.
      const results = {
        p_sources: JSON.stringify(sources),
        p_picture: picture === null ? null : JSON.stringify(picture),
      };
      await database.call('keep_results', { p_job: job.id, p_lease: job.lease, ...results }, v.boolean());
    },
    decide: (job, decision, messageId) =>
      database.call(
        'decide_turn',
        { p_job: job.id, p_lease: job.lease, p_decision: JSON.stringify(decision), p_message: messageId },
        v.boolean(),
      ),
    async keepReceipt(job, receipt) {
      await database.call('keep_receipt', { p_job: job.id, p_receipt: JSON.stringify(receipt) }, v.unknown());
    },
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
