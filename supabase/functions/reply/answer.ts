import { wellFormed } from '../_shared/clean-text.ts';
import type { LeasedJob, Replies, ReplyContext, ReplyEnd } from '../_shared/replies.ts';
import { readCare, rulesFor, type Screened, screen, toolsFor, withMemories } from './care.ts';
import { citePages } from './citations.ts';
import { type Memory, readEarlier } from './earlier.ts';
import { EMPTY_ANSWER, foldEvents, type ModelAnswer, type Usage } from './fold.ts';
import { type InputFiles, loadFiles } from './input-files.ts';
import { type InputPage, type InputPages, loadPages } from './input-pages.ts';
import { insist, isUnreachable } from './insist.ts';
import { type LateCare, watchCare } from './late-care.ts';
import { keepMade } from './made.ts';
import type { Model } from './model.ts';
import { ModelError, type ModelFailure, UNREACHABLE } from './model-failure.ts';
import { buildInput, messagesWithin } from './model-input.ts';
import type { Moderator } from './moderator.ts';
import { pace } from './pace.ts';
import { answerWithPortraits } from './portraits.ts';
import { countUses, keepReceipt, noteBegin, startWatch, usesOf, type Watch } from './receipt.ts';
import { type Choice, chooseModel, type Router } from './router.ts';
import { NOTHING_SENT, nextPiece } from './sent-text.ts';
import { showStatus, statusOf } from './status.ts';
import type { ToolResults } from './tool-results.ts';
import type { Toolbox } from './tools.ts';
import { chooseTools } from './toolset.ts';

export interface AnswerLimits {
  /** Least time between two deltas. */
  readonly deltaMs: number;
  /** A silent model is waited for by a heartbeat this often: it renews the lease and learns of a stop. */
  readonly beatMs: number;
  /** When a reply is ended with what it has: before the platform ends the worker. */
  readonly jobMs: number;
  /** How many of the latest messages are read, and how many tokens of them go to the model. */
  readonly messages: number;
  readonly contextTokens: number;
}

export interface AnswerDeps {
  readonly replies: Replies;
  readonly model: Model;
  readonly limits: AnswerLimits;
  /** Absent: answers are made of words alone. */
  readonly tools?: Toolbox;
  /** Looks through what goes to and comes from the model in restricted chats. Absent: the service has none. */
  readonly moderator?: Moderator;
  /** Absent: nothing is known of messages that do not fit. */
  readonly memory?: Memory;
  /** Absent: the usual model answers, as it likes. */
  readonly router?: Router;
}

/** How the work on a leased job ended; `lost`: another worker has it, or will have when the lease runs out. */
export type Outcome = ReplyEnd | { readonly state: 'lost' };

/** The lease lasts 30 seconds; a worker that could not renew it for this long must take it as lost. */
const LEASE_PATIENCE_MS = 25_000;

/** Answers one leased job: streams the model's words into the database, then ends the job. Throws what nobody expects. */
export async function answerJob(job: LeasedJob, deps: AnswerDeps): Promise<Outcome> {
  const context = await deps.replies.readContext(job, deps.limits.messages);
  const asked = context?.messages.some((message) => message.id === context.trigger_message_id);
  const care = context !== null && asked ? await readCare(job, context, deps.replies) : null;
  // Nobody is there to be answered: the person has gone, may not be in groups just now, or has taken the question back.
  if (context === null || !asked || care === null) return end(job, { state: 'stopped', body: '' }, deps.replies);

  const watch = startWatch();
  const files = await readFiles(job, context, deps, watch);
  // Nobody would have looked through what a summary is made from.
  const earlier =
    deps.memory && !care.restricted ? await readEarlier(job, context, deps.memory, deps.replies, deps.limits) : null;
  const pages = await readPages(job, context, deps, watch);
  const shared = [...pages.values()].flat();
  const screened = await screenSafely(context, { files, pages }, care, deps.moderator);
  if (screened.kind !== 'open') return end(job, endOf(screened), deps.replies);
  const input = buildInput(screened.context, deps.limits.contextTokens, { files, pages, earlier });
  const facts = { context: screened.context, input };
  const choice = deps.router ? await chooseModel(job, facts, deps.router, deps.replies) : USUAL;
  if (choice === null) return { state: 'lost' };
  const { tools, portraits } = await chooseTools(job, context, { ...deps, ...toolsFor(care, deps.tools) });
  const call = new AbortController();
  const deadline = AbortSignal.timeout(deps.limits.jobMs);
  const signal = AbortSignal.any([call.signal, deadline]);
  const uses: Usage[] = [];
  const events = answerWithPortraits(
    deps.model,
    {
      ...{ input: withMemories(input, screened.care), chatId: job.chatId, askerId: context.asker.id, tools },
      rules: rulesFor(screened.care),
      ...(choice.model === undefined ? {} : { model: choice.model }),
      ...(choice.effort === null ? {} : { effort: choice.effort }),
    },
    signal,
    {
      portraits,
      read: async (path) => (await deps.tools?.avatars?.read(path)) ?? null,
      onUsage: (usage) => uses.push(usage),
    },
  );
  const answers = foldEvents(noteBegin(events, watch));
  const late = watchCare(job, care, context.asker.id, deps);
  try {
    const streamed = await streamAnswer(
      job,
      pace(late.guard(answers), {
        everyMs: deps.limits.deltaMs,
        beatMs: deps.limits.beatMs,
      }),
      deps.replies,
      { deadline, watch, late },
    );
    const { outcome, results } = await late.lookAgain(streamed, watch.results);
    // Whatever comes of the answer, its model is to be paid; before the job ends, so that nothing is spent twice meanwhile.
    const { model = 'unknown', receipt } = choice;
    const counts = usesOf(watch, uses, { asked: model, slot: receipt?.slot ?? 'standard' }).map((use) => ({
      id: crypto.randomUUID(),
      use,
    }));
    const isCounted = await countUses(job, counts, deps.replies);
    if (outcome.state === 'lost') return outcome;
    const cited = withCitations(outcome, results, shared);
    const kept = await keepMade(job, cited.outcome, cited.results, deps.tools, deps.replies);
    const ended = await end(job, kept, deps.replies);
    if (!isCounted) await countUses(job, counts, deps.replies);
    if (ended.state === 'done' || ended.state === 'stopped')
      await keepReceipt(
        job,
        watch,
        { messages: input.length - (earlier === null ? 1 : 2), pages: shared.length, route: choice.receipt },
        deps.replies,
      );
    return ended;
  } finally {
    call.abort();
  }
}

/** Without a table to choose by. */
const USUAL: Omit<Choice, 'receipt'> & { readonly receipt: null } = { model: undefined, effort: null, receipt: null };

type Unscreened = Exclude<Screened, { kind: 'open' }> | { readonly kind: 'failed'; readonly failure: ModelFailure };

/** A service that does not answer is a failure of the answer like any other. */
async function screenSafely(...given: Parameters<typeof screen>): Promise<Screened | Unscreened> {
  try {
    return await screen(...given);
  } catch (thrown) {
    if (!(thrown instanceof ModelError)) throw thrown;
    return { kind: 'failed', failure: thrown.failure };
  }
}

function endOf(screened: Unscreened): ReplyEnd {
  return screened.kind === 'withheld' ? { state: 'done', body: screened.words } : failed(screened.failure);
}

async function readFiles(job: LeasedJob, context: ReplyContext, deps: AnswerDeps, watch: Watch): Promise<InputFiles> {
  const withFiles = messagesWithin(context, deps.limits.contextTokens).filter(({ files }) => files.length > 0);
  if (deps.tools === undefined || withFiles.length === 0) return new Map();
  await showStatus(job, 'reading', deps.replies, watch);
  const ids = withFiles.map(({ id }) => id);
  const question = context.messages.find(({ id }) => id === context.trigger_message_id);
  const asked = [context.trigger_message_id, question?.reply_to].filter((id) => id != null);
  return loadFiles(job, ids, asked, deps.tools, deps.replies);
}

/** Pages get as much room as the talk does. */
async function readPages(
  job: LeasedJob,
  context: ReplyContext,
  { limits, replies }: AnswerDeps,
  watch: Watch,
): Promise<InputPages> {
  const ids = messagesWithin(context, limits.contextTokens).map(({ id }) => id);
  const pages = await loadPages(job, ids, context.trigger_message_id, limits.contextTokens, replies);
  const read = [...pages.values()].flat().filter(({ text }) => text !== '');
  if (read.length > 0) await showStatus(job, read.length === 1 ? 'reading_page' : 'reading_pages', replies, watch);
  return pages;
}

/** The answer with its citations of pages as they are kept. */
function withCitations<End extends ReplyEnd>(outcome: End, results: ToolResults, pages: readonly InputPage[]) {
  if (outcome.state === 'failed') return { outcome, results };
  const { body, sources } = citePages(outcome.body, pages, results.sources.length + 1);
  if (sources.length === 0) return { outcome: { ...outcome, body }, results };
  return { outcome: { ...outcome, body }, results: { ...results, sources: [...results.sources, ...sources] } };
}

async function streamAnswer(
  job: LeasedJob,
  answers: AsyncIterable<ModelAnswer | null>,
  replies: Replies,
  { deadline, watch, late }: { readonly deadline: AbortSignal; readonly watch: Watch; readonly late: LateCare },
): Promise<Outcome> {
  let answer = EMPTY_ANSWER;
  let sent = NOTHING_SENT;
  let heldAt = performance.now();
  try {
    for await (const newer of answers) {
      answer = newer ?? answer;
      watch.usage = answer.usage;
      watch.results = answer.tools;
      if (answer.text !== '') watch.firstMs ??= Math.round(performance.now() - watch.startedAt);
      if (answer.ending !== null) break;
      const next = nextPiece(answer.text, sent);
      const acknowledged = await appendIfReachable(job, sent.points, next.piece, replies);
      if (acknowledged === null) {
        if (performance.now() - heldAt > LEASE_PATIENCE_MS) return { state: 'lost' };
        continue;
      }
      late.hear(acknowledged);
      if (!acknowledged.held) return { state: 'lost' };
      await showStatus(job, statusOf(answer, watch), replies, watch);
      sent = next.sent;
      heldAt = performance.now();
      if (acknowledged.stop) return { state: 'stopped', body: wellFormed(answer.text.slice(0, sent.units)) };
    }
  } catch (thrown) {
    if (!(thrown instanceof ModelError)) throw thrown;
    return failed(thrown.failure);
  }
  return conclude(answer, deadline.aborted);
}

/** What an answer amounts to when its stream is over, by an ending or without one. */
function conclude({ text, refusal, ending, tools }: ModelAnswer, outOfTime: boolean): ReplyEnd {
  const body = wellFormed(text);
  if (ending === null && outOfTime) {
    return body === '' ? failed({ error: 'unreachable', retry: false }) : { state: 'stopped', body };
  }
  if (ending === null) return failed(UNREACHABLE);
  if (ending.kind === 'failed') return failed(ending.failure);
  if (ending.kind === 'filtered')
    return refusal === '' ? failed({ error: 'refused', retry: false }) : { state: 'done', body: wellFormed(refusal) };
  const said = body === '' ? wellFormed(refusal) : body;
  if (tools.picture.kind === 'limited')
    return said === '' ? failed({ error: 'pictures', retry: false }) : { state: 'done', body: said, limit: 'pictures' };
  return said === '' && tools.picture.kind === 'none'
    ? failed({ error: 'model', retry: false })
    : { state: 'done', body: said };
}

function failed(failure: ModelFailure): ReplyEnd {
  return { state: 'failed', ...failure };
}

/** Null when the database is not to be reached just now: the piece stays unsent and goes with the next one. */
async function appendIfReachable(job: LeasedJob, offset: number, piece: string, replies: Replies) {
  try {
    return await replies.append(job, offset, piece);
  } catch (error) {
    if (isUnreachable(error)) return null;
    throw error;
  }
}

/** Ending twice does no harm: the second time the lease is gone. */
async function end(job: LeasedJob, outcome: ReplyEnd, replies: Replies): Promise<Outcome> {
  return (await insist(() => replies.finish(job, outcome))) ? outcome : { state: 'lost' };
}
