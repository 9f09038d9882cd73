import { DatabaseError } from '../_shared/database.ts';
import type { LeasedJob, Replies, ReplyContext } from '../_shared/replies.ts';
import type { Earlier, Summaries } from '../_shared/summaries.ts';
import type { Usage } from './fold.ts';
import { messagesWithin } from './model-input.ts';
import { countUses } from './receipt.ts';
import type { Summarizer } from './summarizer.ts';

export interface Memory {
  readonly summaries: Summaries;
  readonly summarizer: Summarizer;
}

export interface EarlierLimits {
  readonly messages: number;
  readonly contextTokens: number;
  readonly beatMs: number;
}

/**
 * What was said before the messages that fit into the context, in a few words; null: nothing, or it is not to be had. Makes a new
 * summary only where messages are in neither, and then of so many that the next ones fit without one for a while. What fails here
 * keeps nobody from an answer. Keeps the lease meanwhile, and gives up when it is lost or somebody presses Stop.
 */
export async function readEarlier(
  job: LeasedJob,
  context: ReplyContext,
  { summaries, summarizer }: Memory,
  replies: Replies,
  limits: EarlierLimits,
): Promise<string | null> {
  const fitting = messagesWithin(context, limits.contextTokens);
  if (context.messages.length < limits.messages && fitting.length === context.messages.length) return null;
  const staying = messagesWithin(context, limits.contextTokens / 2);
  const oldest = staying.find(({ id }) => id !== context.trigger_message_id) ?? staying[0];
  if (oldest === undefined) return null;
  try {
    const earlier = await summaries.read(job, oldest.id);
    if (earlier === null || !lacks(earlier, new Set(fitting.map(({ id }) => id)))) return earlier?.summary ?? null;
    const used: Usage[] = [];
    const request = {
      ...{ earlier, chatId: job.chatId, askerId: context.asker.id },
      onUsage: (usage: Usage) => void used.push(usage),
    };
    const text = await whileHeld(job, replies, limits.beatMs, (signal) => summarizer.summarise(request, signal));
    for (const usage of used) await countSummary(job, usage, summarizer.model, replies);
    if (text === null) return earlier.summary;
    return (await summaries.keep(job, oldest.id, earlier.mark, text)) ? text : null;
  } catch (error) {
    if (error instanceof DatabaseError) return null;
    throw error;
  }
}

async function countSummary(job: LeasedJob, usage: Usage, asked: string | undefined, replies: Replies): Promise<void> {
  const { model, inputTokens, cachedTokens, outputTokens } = usage;
  const tokens = { input_tokens: inputTokens, cached_tokens: cachedTokens, output_tokens: outputTokens };
  const use = { purpose: 'summary', model, asked: asked ?? model, slot: 'gate', ...tokens } as const;
  await countUses(job, [{ id: crypto.randomUUID(), use: { ...use, pictures: 0, searches: 0 } }], replies);
}

/** Whether a message is neither in the summary nor among those that are sent as they are. */
function lacks({ messages }: Earlier, sent: ReadonlySet<string>): boolean {
  return messages.some(({ id }) => !sent.has(id));
}

/** Does something that may take longer than a heartbeat; its signal fires when the lease is lost or a stop is asked for. */
async function whileHeld<T>(
  job: LeasedJob,
  replies: Replies,
  beatMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const ending = new AbortController();
  const working = work(ending.signal);
  const beat = setInterval(() => {
    replies.append(job, 0, '').then(
      ({ held, stop }) => {
        if (!held || stop) ending.abort();
      },
      () => undefined,
    );
  }, beatMs);
  try {
    return await working;
  } finally {
    clearInterval(beat);
  }
}
