import { randomUUID } from 'node:crypto';
import type OpenAI from 'openai';
import type { Answer } from './answer.ts';
import { type Call, callsOf } from './calls.ts';
import type { PracticeRequest } from './request.ts';

/** A response as it goes over the wire: `output_text` is a convenience that the client library adds. */
export type WireResponse = Omit<OpenAI.Responses.Response, 'output_text'>;

/** One answer on its way out, under ids that stay the same through all its events. */
export interface Draft {
  readonly id: string;
  readonly itemId: string;
  readonly createdAt: number;
  readonly request: PracticeRequest;
  /** What will be said, in pieces; fewer than the answer has when the request allows no more. */
  readonly pieces: readonly string[];
  readonly cut: boolean;
  /** What was done before the words. */
  readonly calls: readonly Call[];
  readonly citations: readonly Citation[];
}

export type Citation = OpenAI.Responses.ResponseOutputText.URLCitation;

/** Word by word, each with the space before it. A word counts as a token. */
export function draftResponse(request: PracticeRequest, answer: Answer, now: Date): Draft {
  const words = answer.text.match(/\s*\S+/g) ?? [];
  const pieces = words.slice(0, request.maxTokens ?? words.length);
  return {
    id: `resp_${randomUUID().replaceAll('-', '')}`,
    itemId: `msg_${randomUUID().replaceAll('-', '')}`,
    createdAt: Math.floor(now.getTime() / 1000),
    request,
    pieces,
    cut: pieces.length < words.length,
    calls: callsOf(answer),
    citations: citationsOf(answer, pieces.join('').length),
  };
}

/** Where the words link to a source, as far as they come. */
function citationsOf({ text, sources = [] }: Answer, length: number): readonly Citation[] {
  return sources.flatMap(({ title, url }) => {
    const link = `[${title}](${url})`;
    const start = text.indexOf(link);
    const end = start + link.length;
    if (start === -1 || end > length) return [];
    return [{ type: 'url_citation', title, url, start_index: start, end_index: end }];
  });
}

export function textOf(draft: Draft): string {
  return draft.pieces.join('');
}

/** The message item, empty while in progress. */
export function messageItem(draft: Draft, status: 'in_progress' | 'done'): OpenAI.Responses.ResponseOutputMessage {
  return {
    id: draft.itemId,
    type: 'message',
    role: 'assistant',
    status: status === 'in_progress' ? 'in_progress' : draft.cut ? 'incomplete' : 'completed',
    content: status === 'in_progress' ? [] : [textPart(textOf(draft), draft.citations)],
  };
}

export function textPart(text: string, citations: readonly Citation[] = []): OpenAI.Responses.ResponseOutputText {
  return { type: 'output_text', text, annotations: [...citations], logprobs: [] };
}

export function responseOf(draft: Draft, status: 'in_progress' | 'done'): WireResponse {
  const done = status === 'done';
  return {
    id: draft.id,
    object: 'response',
    created_at: draft.createdAt,
    status: done ? (draft.cut ? 'incomplete' : 'completed') : 'in_progress',
    completed_at: done && !draft.cut ? Math.floor(Date.now() / 1000) : null,
    access_programs: null,
    error: null,
    incomplete_details: done && draft.cut ? { reason: 'max_output_tokens' } : null,
    instructions: draft.request.instructions,
    max_output_tokens: draft.request.maxTokens,
    metadata: {},
    model: draft.request.model,
    output: done ? [...draft.calls, messageItem(draft, 'done')] : [],
    parallel_tool_calls: true,
    previous_response_id: null,
    temperature: 1,
    text: { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: [],
    top_p: 1,
    truncation: 'disabled',
    ...(done ? { usage: usageOf(draft) } : {}),
  };
}

/** Words, not a model's tokens: enough to see that both ends count. */
function usageOf({ request, pieces }: Draft): OpenAI.Responses.ResponseUsage {
  const input = [request.instructions ?? '', ...request.input.map((message) => message.text)];
  const inputTokens = input.reduce((sum, text) => sum + (text.match(/\S+/g) ?? []).length, 0);
  return {
    input_tokens: inputTokens,
    input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
    output_tokens: pieces.length,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: inputTokens + pieces.length,
  };
}
