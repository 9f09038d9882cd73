import type OpenAI from 'openai';
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
  | OpenAI.Responses.ResponseContentPartDoneEvent
  | OpenAI.Responses.ResponseOutputItemDoneEvent
  | OpenAI.Responses.ResponseCompletedEvent
  | OpenAI.Responses.ResponseIncompleteEvent
>;

type Unnumbered<Event> = Event extends unknown ? Omit<Event, 'sequence_number'> : never;

/** In the order and numbering of the real API: created, in progress, the item and its part, the words, and the same closed again. */
export function* eventsOf(draft: Draft): Generator<PracticeEvent> {
  let number = 0;
  for (const event of unnumberedEvents(draft)) {
    yield { ...event, sequence_number: number } as PracticeEvent;
    number += 1;
  }
}

function* unnumberedEvents(draft: Draft): Generator<Unnumbered<PracticeEvent>> {
  const place = { item_id: draft.itemId, output_index: 0, content_index: 0 };
  const text = textOf(draft);
  yield { type: 'response.created', response: responseOf(draft, 'in_progress') };
  yield { type: 'response.in_progress', response: responseOf(draft, 'in_progress') };
  yield { type: 'response.output_item.added', output_index: 0, item: messageItem(draft, 'in_progress') };
  yield { type: 'response.content_part.added', ...place, part: textPart('') };
  for (const delta of draft.pieces) yield { type: 'response.output_text.delta', ...place, delta, logprobs: [] };
  yield { type: 'response.output_text.done', ...place, text, logprobs: [] };
  yield { type: 'response.content_part.done', ...place, part: textPart(text) };
  yield { type: 'response.output_item.done', output_index: 0, item: messageItem(draft, 'done') };
  yield { type: draft.cut ? 'response.incomplete' : 'response.completed', response: responseOf(draft, 'done') };
}
