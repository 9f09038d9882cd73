import type OpenAI from 'openai';
import { begun, type CallEvent, stepsOf } from './calls.ts';
import { type Draft, messageItem, responseOf, textOf, textPart, type WireResponse } from './response.ts';

type Wire<Event> = Event extends { response: OpenAI.Responses.Response }
  ? Omit<Event, 'response'> & { response: WireResponse }
  : Event;

/** The events of one streamed answer, with the fields that the API's own types name. */
export type PracticeEvent = Wire<
  | OpenAI.Responses.ResponseCreatedEvent
  | OpenAI.Responses.ResponseInProgressEvent
  | OpenAI.Responses.ResponseOutputItemAddedEvent
  | OpenAI.Responses.ResponseContentPartAddedEvent
  | OpenAI.Responses.ResponseTextDeltaEvent
  | OpenAI.Responses.ResponseTextDoneEvent
  | OpenAI.Responses.ResponseOutputTextAnnotationAddedEvent
  | CallEvent
  | OpenAI.Responses.ResponseContentPartDoneEvent
  | OpenAI.Responses.ResponseOutputItemDoneEvent
  | OpenAI.Responses.ResponseCompletedEvent
  | OpenAI.Responses.ResponseIncompleteEvent
>;

type Unnumbered<Event> = Event extends unknown ? Omit<Event, 'sequence_number'> : never;

/**
 * In the order and numbering of the real API: created, in progress, each call, the item and its part, the words
 * with what they cite, and the same closed again.
 */
export function* eventsOf(draft: Draft): Generator<PracticeEvent> {
  let number = 0;
  for (const event of unnumberedEvents(draft)) {
    yield { ...event, sequence_number: number } as PracticeEvent;
    number += 1;
  }
}

function* unnumberedEvents(draft: Draft): Generator<Unnumbered<PracticeEvent>> {
  const index = draft.calls.length;
  const place = { item_id: draft.itemId, output_index: index, content_index: 0 };
  const text = textOf(draft);
  yield { type: 'response.created', response: responseOf(draft, 'in_progress') };
  yield { type: 'response.in_progress', response: responseOf(draft, 'in_progress') };
  for (const [output_index, call] of draft.calls.entries()) {
    yield { type: 'response.output_item.added', output_index, item: begun(call) };
    for (const type of stepsOf(call)) yield { type, output_index, item_id: call.id } as Unnumbered<CallEvent>;
    yield { type: 'response.output_item.done', output_index, item: call };
  }
  yield { type: 'response.output_item.added', output_index: index, item: messageItem(draft, 'in_progress') };
  yield { type: 'response.content_part.added', ...place, part: textPart('') };
  for (const delta of draft.pieces) yield { type: 'response.output_text.delta', ...place, delta, logprobs: [] };
  for (const [annotation_index, annotation] of draft.citations.entries())
    yield { type: 'response.output_text.annotation.added', ...place, annotation_index, annotation };
  yield { type: 'response.output_text.done', ...place, text, logprobs: [] };
  yield { type: 'response.content_part.done', ...place, part: textPart(text, draft.citations) };
  yield { type: 'response.output_item.done', output_index: index, item: messageItem(draft, 'done') };
  yield { type: draft.cut ? 'response.incomplete' : 'response.completed', response: responseOf(draft, 'done') };
}
