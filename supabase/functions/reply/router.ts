import type { Effort, LeasedJob, ModelSlot, Replies, ReplyContext, RouteReceipt } from '../_shared/replies.ts';
import { estimateTokens } from './budget.ts';
import { measureDifficulty } from './difficulty.ts';
import type { ModelInput } from './model-input.ts';

/** Names of models by what they are for; `standard` fills what is absent. */
export type Slots = Readonly<Partial<Record<ModelSlot, string>>>;

export interface Router {
  readonly slots: Slots;
  /** Whether the service can be told how hard to think. */
  readonly takesEffort: boolean;
}

/** What a request asks for, and how that is told afterwards. */
export interface Choice {
  readonly model: string | undefined;
  readonly effort: Effort | null;
  readonly receipt: RouteReceipt;
}

/** Which model answers, by the table of the database. Null: the lease is lost. */
export async function chooseModel(
  job: LeasedJob,
  asked: { readonly context: ReplyContext; readonly input: ModelInput },
  { slots, takesEffort }: Router,
  replies: Pick<Replies, 'route'>,
): Promise<Choice | null> {
  const { context, input } = asked;
  const question = context.messages.find(({ id }) => id === context.trigger_message_id);
  const route = await replies.route(job, {
    difficulty: measureDifficulty(question?.body ?? ''),
    tokens: input.reduce((sum, { content }) => sum + tokensIn(content), 0),
    images: holds(input, 'input_image'),
    files: holds(input, 'input_file'),
  });
  if (route === null) return null;
  const { model: slot, effort = null, ...why } = route;
  const isMissing = slots[slot] === undefined && slot !== 'standard';
  const used = takesEffort ? effort : null;
  return {
    model: slots[slot] ?? slots.standard,
    effort: used,
    receipt: { slot, missing: isMissing, effort: used, ...why },
  };
}

type Content = ModelInput[number]['content'];

/** Pictures and documents count for themselves, by other conditions. */
function tokensIn(content: Content): number {
  if (typeof content === 'string') return estimateTokens(content);
  return content.reduce((sum, part) => sum + ('text' in part ? estimateTokens(part.text) : 0), 0);
}

function holds(input: ModelInput, type: 'input_image' | 'input_file'): boolean {
  return input.some(({ content }) => typeof content !== 'string' && content.some((part) => part.type === type));
}
