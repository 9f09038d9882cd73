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

/** What the call of a model used, to be counted once under one id however often it is tried; null: it has cost nothing. */
export function useOf({ hasBegun, usage, results }: Watch, asked: string, slot: ModelUse['slot']): ModelUse | null {
  if (!hasBegun) return null;
  return {
    purpose: 'answer',
    model: usage?.model ?? asked,
    asked,
    slot,
    input_tokens: usage?.inputTokens ?? null,
    cached_tokens: usage?.cachedTokens ?? null,
    output_tokens: usage?.outputTokens ?? null,
    pictures: results.picture.kind === 'made' ? 1 : 0,
    searches: results.searches,
  };
}

/** False: the database was not to be reached. */
export async function countUse(job: LeasedJob, id: string, use: ModelUse, replies: Replies): Promise<boolean> {
  try {
    await replies.noteUse(job, id, use);
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
  { messages, route }: { readonly messages: number; readonly route: RouteReceipt | null },
  replies: Replies,
): Promise<void> {
  const receipt = {
    model: usage?.model ?? null,
    route,
    rules: RULES_VERSION,
    messages,
    input_tokens: usage?.inputTokens ?? null,
    output_tokens: usage?.outputTokens ?? null,
    first_ms: firstMs,
    total_ms: Math.round(performance.now() - startedAt),
  };
  await replies.keepReceipt(job, receipt).catch(() => undefined);
}
