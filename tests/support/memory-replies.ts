import { randomUUID } from 'node:crypto';
import type {
  Care,
  LeasedJob,
  MadePicture,
  ModelUse,
  PictureRight,
  Portrait,
  Receipt,
  Replies,
  ReplyContext,
  ReplyError,
  ReplyFile,
  ReplyShare,
  ReplyStatus,
  Route,
  RouteFacts,
  Source,
} from '../../supabase/functions/_shared/replies.ts';

export interface MemoryJob {
  readonly id: string;
  readonly chatId: string;
  readonly question: string;
  state: 'queued' | 'running' | 'done' | 'stopped' | 'failed';
  attempts: number;
  lease: string | null;
  partial: string;
  stopRequested: boolean;
  error: ReplyError | null;
  /** Text of the one message it ended with; null: none yet. */
  message: string | null;
  /** What the chat was told that the AI is doing, in order. */
  readonly statuses: (ReplyStatus | null)[];
  /** How often the lease was renewed with nothing to say. */
  beats: number;
  results: { readonly sources: readonly Source[]; readonly picture: MadePicture | null } | null;
  readonly deltas: { readonly offset: number; readonly text: string }[];
  receipt: Receipt | null;
  /** What was told of it for the choice of the model. */
  facts: RouteFacts | null;
  readonly uses: ModelUse[];
}

/** The queue of reply jobs as the database keeps it, without the database: leases fence writers, offsets must fit. */
export interface MemoryReplies extends Replies {
  readonly jobs: readonly MemoryJob[];
  /** Queues a reply to a message with this text. */
  ask(chatId: string, text: string): MemoryJob;
  /** Somebody under 18 joins the chat. */
  letYoungIn(): void;
  /** Ends the lease as time would: another worker may claim the job. */
  expire(job: MemoryJob): void;
}

/** What the database says of a person's plan. */
export interface MemoryPlan {
  readonly route?: Route;
  readonly pictures?: PictureRight;
  /** Null: nobody is to be answered. */
  readonly care?: Care | null;
  readonly portraits?: readonly Portrait[];
}

const STANDARD: Route = { model: 'standard', pinned: false, place: 1000, because: {} };

const USUAL_CARE: Care = { restricted: false, memories: [] };

const MAX_ATTEMPTS = 3;

export function createMemoryReplies(
  makeContext: (job: MemoryJob) => ReplyContext | null = plainContext,
  files: readonly ReplyFile[] = [],
  { route = STANDARD, pictures = { taken: true }, portraits = [], care = USUAL_CARE }: MemoryPlan = {},
  shares: readonly ReplyShare[] = [],
): MemoryReplies {
  const jobs: MemoryJob[] = [];
  let hasGrownYoung = false;
  const held = ({ id, lease }: LeasedJob) =>
    jobs.find((job) => job.id === id && job.lease === lease && job.state === 'running');
  return {
    jobs,
    ask(chatId, question) {
      const job: MemoryJob = {
        id: randomUUID(),
        chatId,
        question,
        state: 'queued',
        attempts: 0,
        lease: null,
        partial: '',
        stopRequested: false,
        error: null,
        message: null,
        statuses: [],
        beats: 0,
        results: null,
        deltas: [],
        receipt: null,
        facts: null,
        uses: [],
      };
      jobs.push(job);
      return job;
    },
    expire(job) {
      job.lease = null;
      job.state = 'queued';
    },
    async claim(chatId) {
      const job = jobs.find(
        (next) =>
          next.state === 'queued' &&
          (chatId === null || next.chatId === chatId) &&
          !jobs.some((other) => other.chatId === next.chatId && other.state === 'running'),
      );
      if (job === undefined) return null;
      Object.assign(job, {
        state: 'running',
        attempts: job.attempts + 1,
        lease: randomUUID(),
        partial: '',
        error: null,
      });
      return { id: job.id, lease: job.lease ?? '', chatId: job.chatId, attempt: job.attempts, kind: 'answer' };
    },
    async readContext(leased) {
      const job = held(leased);
      return job === undefined ? null : makeContext(job);
    },
    letYoungIn() {
      hasGrownYoung = true;
    },
    async readCare(leased) {
      if (held(leased) === undefined || care === null) return null;
      return { ...care, restricted: care.restricted || hasGrownYoung };
    },
    async route(leased, facts) {
      const job = held(leased);
      if (job === undefined) return null;
      job.facts = facts;
      return route;
    },
    async takePicture(leased) {
      return held(leased) === undefined ? { taken: false } : pictures;
    },
    async portraits(leased) {
      return held(leased) === undefined ? [] : portraits;
    },
    async noteUse(leased, _id, use) {
      jobs.find(({ id }) => id === leased.id)?.uses.push(use);
    },
    async announce() {},
    async append(leased, offset, text) {
      const job = held(leased);
      if (job === undefined || [...job.partial].length !== offset)
        return { held: false, stop: true, restricted: false };
      job.partial += text;
      if (text === '') job.beats++;
      else job.deltas.push({ offset, text });
      return { held: true, stop: job.stopRequested, restricted: hasGrownYoung };
    },
    async filesOf(_leased, messageIds) {
      return files.filter((file) => messageIds.includes(file.message_id));
    },
    async sharesOf(_leased, messageIds) {
      return shares.filter((share) => messageIds.includes(share.message_id));
    },
    async showStatus(leased, status) {
      held(leased)?.statuses.push(status);
    },
    async keepResults(leased, sources, picture) {
      const job = held(leased);
      if (job !== undefined) job.results = { sources, picture };
    },
    async decide() {
      return false;
    },
    async keepReceipt(leased, receipt) {
      const job = jobs.find(({ id }) => id === leased.id);
      if (job !== undefined) job.receipt = receipt;
    },
    async finish(leased, end) {
      const job = held(leased);
      if (job === undefined) return false;
      job.lease = null;
      job.error = end.state === 'failed' ? end.error : null;
      if (end.state === 'failed' && end.retry && job.attempts < MAX_ATTEMPTS) {
        Object.assign(job, { state: 'queued', partial: '' });
        return true;
      }
      job.state = end.state;
      if (end.state === 'failed') job.message = '';
      else if (end.state === 'done' || end.body !== '') job.message = end.body;
      return true;
    },
  };
}

/** A solo chat that holds the question and nothing else. */
function plainContext(job: MemoryJob): ReplyContext {
  const ana = { id: 'a1b2', name: 'Ana', username: 'ana' };
  return {
    chat: { id: job.chatId, kind: 'solo', title: '', instructions: '' },
    asker: ana,
    trigger_message_id: 'question',
    talkativeness: 0,
    members: [ana],
    messages: [
      {
        id: 'question',
        kind: 'member',
        author_id: ana.id,
        author: ana.name,
        body: job.question,
        reply_to: null,
        created_at: '2026-11-23T12:00:00.000Z',
        files: [],
      },
    ],
  };
}
