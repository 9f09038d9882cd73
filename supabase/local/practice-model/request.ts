import * as v from 'valibot';
import { ApiError } from './api-error.ts';

/** The model there is. */
export const PRACTICE_MODEL = 'practice';
/** The same under names for easy and hard questions, so that the choice between models can be tried without any. */
export const PRACTICE_MODELS = [PRACTICE_MODEL, 'practice-small', 'practice-large'];

const Text = v.object({ type: v.picklist(['input_text', 'output_text', 'text']), text: v.string() });
const Image = v.object({ type: v.literal('input_image'), image_url: v.string() });
const File = v.object({ type: v.literal('input_file'), filename: v.string(), file_data: v.string() });
const OtherPart = v.object({ type: v.string() });

const Message = v.object({
  type: v.optional(v.literal('message')),
  role: v.picklist(['user', 'assistant', 'system', 'developer']),
  content: v.union([v.string(), v.array(v.union([Text, Image, File, OtherPart]))]),
});

/** Tool calls, reasoning and whatever else a history may hold: not for this model. */
const OtherItem = v.object({ type: v.string() });

const Body = v.object({
  model: v.string(),
  input: v.union([v.string(), v.array(v.union([Message, OtherItem]))]),
  instructions: v.optional(v.nullable(v.string()), null),
  stream: v.optional(v.nullable(v.boolean()), false),
  max_output_tokens: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(16))), null),
  tools: v.optional(v.nullable(v.array(v.object({ type: v.string(), name: v.optional(v.string()) }))), null),
  text: v.optional(v.object({ format: v.optional(v.object({ type: v.string(), name: v.optional(v.string()) })) })),
});

export interface InputMessage {
  readonly role: 'user' | 'assistant' | 'system' | 'developer';
  readonly text: string;
  /** Sizes in bytes of the pictures and documents in it, in order; null: it came as an address, which is not followed. */
  readonly sizes: readonly (number | null)[];
}

/** What of a request to /v1/responses this model attends to. */
export interface PracticeRequest {
  readonly model: string;
  readonly input: readonly InputMessage[];
  readonly instructions: string | null;
  readonly stream: boolean;
  readonly maxTokens: number | null;
  /** Types of the tools that it may use, functions by their names. */
  readonly tools: ReadonlySet<string>;
  /** turn: whether to say anything. summary: what was said, in a few words. */
  readonly purpose: 'answer' | 'turn' | 'summary';
}

/** Rejects with what the real API would say to the same mistake. */
export function parseRequest(json: string): PracticeRequest {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson()), json);
  if (!parsed.success) throw new ApiError(400, 'We could not parse the JSON body of your request.');
  const result = v.safeParse(Body, parsed.output);
  if (!result.success) throw refusalOf(result.issues[0]);
  const { model, input, instructions, stream, max_output_tokens: maxTokens, tools, text } = result.output;
  if (!PRACTICE_MODELS.includes(model))
    throw new ApiError(404, `The model '${model}' does not exist.`, { param: 'model', code: 'model_not_found' });
  const format = text?.format?.type ?? 'text';
  const name = format === 'json_schema' ? text?.format?.name : undefined;
  const purpose = name === 'turn' || name === 'summary' ? name : 'answer';
  if (format !== 'text' && purpose === 'answer')
    throw new ApiError(400, `This model cannot answer in the format '${format}'.`, { param: 'text.format' });
  return {
    model,
    input: typeof input === 'string' ? [{ role: 'user', text: input, sizes: [] }] : readMessages(input),
    instructions,
    stream: stream ?? false,
    maxTokens,
    tools: new Set((tools ?? []).map(({ type, name }) => name ?? type)),
    purpose,
  };
}

function readMessages(
  items: readonly (v.InferOutput<typeof Message> | v.InferOutput<typeof OtherItem>)[],
): readonly InputMessage[] {
  return items.flatMap((item) => {
    if (!('role' in item)) return [];
    const { role, content } = item;
    if (typeof content === 'string') return [{ role, text: content, sizes: [] }];
    const text = content.flatMap((part) => ('text' in part ? [part.text] : [])).join('\n');
    return [{ role, text, sizes: content.flatMap(sizesIn) }];
  });
}

function sizesIn(part: object): readonly (number | null)[] {
  const url = 'image_url' in part ? part.image_url : 'file_data' in part ? part.file_data : null;
  if (typeof url !== 'string') return [];
  const base64 = /^data:[\w.+/-]+;base64,(.+)$/s.exec(url)?.[1];
  return [base64 === undefined ? null : Buffer.byteLength(base64, 'base64')];
}

function refusalOf(issue: v.InferIssue<typeof Body>): ApiError {
  const param = v.getDotPath(issue);
  if (issue.received === 'undefined' && param !== null) {
    return new ApiError(400, `Missing required parameter: '${param}'.`, { param, code: 'missing_required_parameter' });
  }
  return new ApiError(400, `Invalid value for '${param ?? 'body'}': ${issue.message}.`, {
    param,
    code: 'invalid_value',
  });
}
