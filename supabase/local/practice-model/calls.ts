import { randomUUID } from 'node:crypto';
import type OpenAI from 'openai';
import type { Answer } from './answer.ts';

type Search = OpenAI.Responses.ResponseFunctionWebSearch;
type Function = OpenAI.Responses.ResponseFunctionToolCall & { readonly id: string };
type Drawing = OpenAI.Responses.ResponseOutputItem.ImageGenerationCall;

/** The use of a tool, as it stands among the output once it is over. */
export type Call = Search | Drawing | Function;

/** The tools that an answer was made with, before its words. */
export function callsOf({ sources = [], picture, calls: called }: Answer): readonly Call[] {
  const calls: Call[] = [];
  const [id, call_id] = [callId('fc'), callId('call')];
  if (called !== undefined) {
    const { name } = called;
    const json = JSON.stringify(called.arguments);
    calls.push({ id, call_id, type: 'function_call', status: 'completed', name, arguments: json });
  }
  const queries = ['practice'];
  if (sources.length > 0)
    calls.push({ id: callId('ws'), type: 'web_search_call', status: 'completed', action: { type: 'search', queries } });
  if (picture !== undefined)
    calls.push({
      id: callId('ig'),
      type: 'image_generation_call',
      status: 'completed',
      result: picture.toString('base64'),
    });
  return calls;
}

export type CallEvent =
  | OpenAI.Responses.ResponseWebSearchCallInProgressEvent
  | OpenAI.Responses.ResponseWebSearchCallSearchingEvent
  | OpenAI.Responses.ResponseWebSearchCallCompletedEvent
  | OpenAI.Responses.ResponseImageGenCallInProgressEvent
  | OpenAI.Responses.ResponseImageGenCallGeneratingEvent
  | OpenAI.Responses.ResponseImageGenCallCompletedEvent;

/** How a call goes on between its first sign and its end. */
export function stepsOf(call: Call): readonly CallEvent['type'][] {
  if (call.type === 'function_call') return [];
  return call.type === 'web_search_call'
    ? [
        'response.web_search_call.in_progress',
        'response.web_search_call.searching',
        'response.web_search_call.completed',
      ]
    : [
        'response.image_generation_call.in_progress',
        'response.image_generation_call.generating',
        'response.image_generation_call.completed',
      ];
}

/** The call at its first sign. */
export function begun(call: Call): Call {
  return call.type !== 'image_generation_call'
    ? { ...call, status: 'in_progress' }
    : { ...call, status: 'in_progress', result: null };
}

function callId(kind: string): string {
  return `${kind}_${randomUUID().replaceAll('-', '')}`;
}
