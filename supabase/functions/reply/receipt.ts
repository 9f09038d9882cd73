import type { LeasedJob, ModelUse, Replies, ReplyStatus, RouteReceipt } from '../_shared/replies.ts';
import type { Usage } from './fold.ts';
import { isUnreachable } from './insist.ts';
import { RULES_VERSION } from './rules.ts';
import { NO_RESULTS, type ToolResults } from './tool-results.ts';

/** What is noted of an answer while it comes. */
export interface Watch {
  readonly startedAt: number;
  /** Whether the service has begun to answer: from then on it costs. */
  hasBegun: boolean;
  firstMs: number | null;
  usage: Usage | null;
  results: ToolResults;
  /** What the chat was told that the AI is doing. */
  status: ReplyStatus | null;
}

export function startWatch(): Watch {
  return {
    startedAt: performance.now(),
    hasBegun: false,
    firstMs: null,
    usage: null,
    results: NO_RESULTS,
    status: null,
  };
}

/** The same events; the first one is noted. */
export async function* noteBegin<T>(events: AsyncIterable<T>, watch: Watch): AsyncGenerator<T> {
  for await (const event of events) {
    watch.hasBegun = true;
    yield event;
  }
}

/** What the calls of the model used: those that were only heard of (`before`), and the watched one. Empty: nothing is to be paid. */
export function usesOf(
  { hasBegun, usage, results }: Watch,
  before: readonly Usage[],
  { asked, slot }: Pick<ModelUse, 'asked' | 'slot'>,
): readonly ModelUse[] {
  if (!hasBegun) return [];
  const use = (used: Usage | null, pictures: number, searches: number): ModelUse => ({
    purpose: 'answer',
    model: used?.model ?? asked,
    asked,
    slot,
    input_tokens: used?.inputTokens ?? null,
    cached_tokens: used?.cachedTokens ?? null,
    output_tokens: used?.outputTokens ?? null,
    pictures,
    searches,
  });
  return [
    ...before.map((used) => use(used, 0, 0)),
    use(usage, results.picture.kind === 'made' ? 1 : 0, results.searches),
  ];
}

/** What a question of the gate used. */
export function gateUse(asked: string | undefined, usage: Usage): ModelUse {
  return {
    purpose: 'gate',
    model: usage.model,
    asked: asked ?? usage.model,
    slot: 'gate',
    input_tokens: usage.inputTokens,
    cached_tokens: usage.cachedTokens,
    output_tokens: usage.outputTokens,
    pictures: 0,
    searches: 0,
  };
}

/** Each counts once under its id, however often it is tried. False: the database was not to be reached. */
export async function countUses(
  job: LeasedJob,
  counts: readonly { readonly id: string; readonly use: ModelUse }[],
  replies: Pick<Replies, 'noteUse'>,
): Promise<boolean> {
  try {
    for (const { id, use } of counts) await replies.noteUse(job, id, use);
    return true;
  } catch (error) {
    if (!isUnreachable(error)) throw error;
    return false;
  }
}

/** The answer stands without it: what fails here is not told. */
export async function keepReceipt(
  job: LeasedJob,
  { startedAt, firstMs, usage }: Watch,
  read: { readonly messages: number; readonly pages: number; readonly route: RouteReceipt | null },
  replies: Replies,
): Promise<void> {
  const receipt = {
    model: usage?.model ?? null,
    rules: RULES_VERSION,
    ...read,
    input_tokens: usage?.inputTokens ?? null,
    output_tokens: usage?.outputTokens ?? null,
    first_ms: firstMs,
    total_ms: Math.round(performance.now() - startedAt),
  };
  await replies.keepReceipt(job, receipt).catch(() => undefined);
}
