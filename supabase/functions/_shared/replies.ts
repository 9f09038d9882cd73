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
    unanswered_seconds: v.optional(v.nullable(v.number())),
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

const ReplyShare = v.object({
  message_id: v.string(),
  id: v.string(),
  kind: v.picklist(['article', 'selection', 'screenshot']),
  url: v.string(),
  title: v.string(),
  author: v.nullable(v.string()),
  published_at: v.nullable(v.string()),
  text: v.string(),
});
const Route = v.nullable(
  v.object({
    model: v.picklist(['small', 'standard', 'large']),
    effort: v.optional(v.picklist(['none', 'minimal', 'low', 'medium', 'high'])),
    pinned: v.boolean(),
    place: v.number(),
    difficulty: v.optional(v.picklist(['easy', 'normal', 'hard'])),
    because: v.record(v.string(), v.union([v.string(), v.number(), v.boolean()])),
  }),
);

const PictureRight = v.object({ taken: v.boolean(), resets_at: v.optional(v.string()) });

const Portrait = v.object({ user_id: v.string(), path: v.string() });

const Acknowledgement = v.object({ held: v.boolean(), stop: v.boolean(), restricted: v.optional(v.boolean(), false) });

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
/** What was shared of a page with a message. */
export type ReplyShare = v.InferOutput<typeof ReplyShare>;
/** The row of the table of routes that an answer goes by, and whether the person answered chose the model themselves. */
export type Route = NonNullable<v.InferOutput<typeof Route>>;
/** A model by what it is for; which one it is, is a setting. */
export type ModelSlot = Route['model'];
/** How hard a model thinks. */
export type Effort = NonNullable<Route['effort']>;
export type Difficulty = NonNullable<Route['difficulty']>;
/** Whether an answer may hold a picture. Not taken, with a time: the person has had all that their plan allows until then. */
export type PictureRight = v.InferOutput<typeof PictureRight>;
/** The profile picture of a member who allows the AI to look at it: an object of the bucket avatars. */
export type Portrait = v.InferOutput<typeof Portrait>;
/** `held` false: the lease is lost, write nothing more. `stop`: somebody pressed Stop. `restricted`: somebody under 18 has joined. */
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
  /** How hard it took the answer to be. */
  readonly difficulty?: Difficulty;
}

/** What goes to a model with a question, as far as the choice of the model depends on it. */
export interface RouteFacts {
  readonly difficulty: Difficulty;
  /** By estimate. */
  readonly tokens: number;
  readonly images: boolean;
  readonly files: boolean;
}

/** Which model was chosen, and why. `missing`: nothing fills the slot, so the standard model answered. */
export interface RouteReceipt extends Omit<Route, 'model' | 'effort'> {
  readonly slot: ModelSlot;
  readonly missing: boolean;
  readonly effort: Effort | null;
}

/** One call of a model, as the service counts it; null: it did not say. */
export interface ModelUse {
  readonly purpose: 'gate' | 'answer' | 'summary';
  /** As the service names it, and as it was asked for. */
  readonly model: string;
  readonly asked: string;
  readonly slot: ModelSlot | 'gate';
  readonly input_tokens: number | null;
  /** Of the input, what the service had read before. */
  readonly cached_tokens: number | null;
  readonly output_tokens: number | null;
  readonly pictures: number;
  readonly searches: number;
}

/** What the AI's service has, by which the interface offers things. */
export interface AiService {
  readonly models: Readonly<Partial<Record<ModelSlot, string>>>;
  readonly capabilities: readonly string[];
}

/** What an answer was made of. What it cost is added by the database. */
export interface Receipt {
  readonly model: string | null;
  readonly route: RouteReceipt | null;
  /** Version of the standing rules. */
  readonly rules: string;
  /** How many messages went to the model. */
  readonly messages: number;
  /** And how many page shares. */
  readonly pages: number;
  readonly input_tokens: number | null;
  readonly output_tokens: number | null;
  readonly first_ms: number | null;
  readonly total_ms: number;
}

/** What the AI does besides thinking and writing. */
export type ReplyStatus = 'reading' | 'reading_page' | 'reading_pages' | 'searching' | 'drawing';

/** A web page that an answer cites. */
export interface Source {
  readonly title: string;
  readonly url: string;
  /** The page share that it read. */
  readonly share_id?: string;
  /** What it quotes of that, and whether it is there. */
  readonly quotes?: readonly QuotedPassage[];
}

export interface QuotedPassage {
  readonly text: string;
  readonly found: boolean;
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
export type ReplyError =
  | 'unreachable'
  | 'unauthorized'
  /** The service has too much to do. */
  | 'limited'
  /** What was paid to the service is used up. */
  | 'credit'
  | 'too_long'
  | 'refused'
  | 'model'
  | 'unknown'
  /** Not shown in the chat: the person answered has had all pictures of their plan, and they alone are told. */
  | 'pictures';

export type ReplyEnd =
  | {
      readonly state: 'done' | 'stopped';
      readonly body: string;
      /** What was asked for besides stands against a limit of the person answered, and they alone are told. */
      readonly limit?: 'pictures';
    }
  /** `wait`: after how many seconds asking again may help, where the service said so. */
  | { readonly state: 'failed'; readonly error: ReplyError; readonly retry: boolean; readonly wait?: number };

/** The queue of reply jobs, for workers. All throw DatabaseError. */
export interface Replies {
  /** Leases the next due job of one chat, or of any; null when nothing is due. */
  claim(chatId: string | null): Promise<LeasedJob | null>;
  /** Null when the lease is lost or the person asked for is no member any more. */
  readContext(job: LeasedJob, messages: number): Promise<ReplyContext | null>;
  /** Null as with the context, and when a guardian has turned the asker's group chats off. */
  readCare(job: LeasedJob): Promise<Care | null>;
  /** The model for an answer; null when the lease was lost. */
  route(job: LeasedJob, facts: RouteFacts): Promise<Route | null>;
  /** Takes a picture from the plan of the person answered; it is given back when the answer ends without one. */
  takePicture(job: LeasedJob): Promise<PictureRight>;
  /** Of present members who allow it; none for what nobody asked for. */
  portraits(job: LeasedJob): Promise<readonly Portrait[]>;
  /** Counts a call of a model; twice under one id counts once. */
  noteUse(job: LeasedJob, id: string, use: ModelUse): Promise<void>;
  /** Tells what the service has. */
  announce(service: AiService): Promise<void>;
  /** Stores and broadcasts a delta at `offset` (in code points) and renews the lease; an empty text only renews. */
  append(job: LeasedJob, offset: number, text: string): Promise<Acknowledgement>;
  /** Files of these messages, in order; none that the person answered may not read. */
  filesOf(job: LeasedJob, messageIds: readonly string[]): Promise<readonly ReplyFile[]>;
  /** Page shares of these messages, in order; none that the person answered may not read. */
  sharesOf(job: LeasedJob, messageIds: readonly string[]): Promise<readonly ReplyShare[]>;
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
    route: (job, facts) =>
      database.call('route_reply', { p_job: job.id, p_lease: job.lease, p_facts: JSON.stringify(facts) }, Route),
    takePicture: (job) => database.call('take_picture', { p_job: job.id, p_lease: job.lease }, PictureRight),
    portraits: (job) => database.call('reply_portraits', { p_job: job.id, p_lease: job.lease }, v.array(Portrait)),
    async noteUse(job, id, use) {
      await database.call('note_use', { p_job: job.id, p_use: JSON.stringify({ id, ...use }) }, v.unknown());
    },
    async announce(service) {
      await database.call('announce_service', { p_service: JSON.stringify(service) }, v.unknown());
    },
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
    sharesOf: (job, messageIds) =>
      database.call(
        'reply_shares',
        { p_job: job.id, p_lease: job.lease, p_messages: [...messageIds] },
        v.array(ReplyShare),
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
          p_error: end.state === 'failed' ? end.error : (end.limit ?? null),
          p_retry: end.state === 'failed' && end.retry,
          p_wait: end.state === 'failed' ? (end.wait ?? null) : null,
        },
        v.boolean(),
      ),
  };
}
