import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  applyEvent,
  EMPTY_ANSWER,
  foldEvents,
  MAX_ANSWER,
  type ModelAnswer,
  type ModelEvent,
} from '../../../supabase/functions/reply/fold.ts';

type Shape = { readonly type: ModelEvent['type'] } & Readonly<Record<string, unknown>>;

/** Events carry far more than the fold reads; tests give what it reads. */
const event = (shape: Shape) => shape as unknown as ModelEvent;
const say = (delta: string, output = 0) =>
  event({ type: 'response.output_text.delta', output_index: output, content_index: 0, delta });
const fold = (events: readonly ModelEvent[]): ModelAnswer => events.reduce(applyEvent, EMPTY_ANSWER);

describe('applyEvent', () => {
  test('[AI7] the text is the deltas in their order, however they are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (deltas) => {
        expect(fold(deltas.map((delta) => say(delta))).text).toBe(deltas.join('').replaceAll('\u0000', ''));
      }),
    );
  });

  test('only completed, incomplete, failed and error end it', () => {
    const others: ModelEvent['type'][] = [
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
    ];
    for (const type of others) expect(applyEvent(EMPTY_ANSWER, event({ type }))).toBe(EMPTY_ANSWER);
    expect(fold([say('a'), event({ type: 'response.completed' })]).ending).toEqual({ kind: 'complete' });
    const incomplete = (reason: string) =>
      event({ type: 'response.incomplete', response: { incomplete_details: { reason } } });
    expect(fold([incomplete('max_output_tokens')]).ending).toEqual({ kind: 'cut' });
    expect(fold([incomplete('content_filter')]).ending).toEqual({ kind: 'filtered' });
    const failed = event({ type: 'response.failed', response: { error: { code: 'server_error' } } });
    expect(fold([failed]).ending).toEqual({ kind: 'failed', failure: { error: 'unreachable', retry: true } });
    const error = event({ type: 'error', code: 'rate_limit_exceeded' });
    expect(fold([error]).ending).toEqual({ kind: 'failed', failure: { error: 'limited', retry: true } });
  });

  test('nothing is added after the ending', () => {
    const ended = fold([say('a'), event({ type: 'response.completed' })]);
    expect(applyEvent(ended, say('b'))).toBe(ended);
  });

  test('a second part begins a paragraph', () => {
    expect(fold([say('One', 0), say(' two.', 0), say('Three.', 1)]).text).toBe('One two.\n\nThree.');
  });

  test('a refusal is kept apart from the text', () => {
    const answer = fold([
      event({ type: 'response.refusal.delta', delta: 'I cannot ' }),
      event({ type: 'response.refusal.delta', delta: 'do that.' }),
    ]);
    expect(answer).toMatchObject({ text: '', refusal: 'I cannot do that.' });
  });

  test('an endless text is cut at what the database keeps', () => {
    const answer = fold([say('x'.repeat(MAX_ANSWER - 1)), say('yz'), say('more')]);
    expect(answer.text).toHaveLength(MAX_ANSWER);
    expect(answer.ending).toEqual({ kind: 'cut' });
  });
});

test('foldEvents gives an answer per event that says something and stops at the ending', async () => {
  let readOn = false;
  async function* events() {
    yield event({ type: 'response.created' });
    yield say('a');
    yield say('b');
    yield event({ type: 'response.completed' });
    readOn = true;
  }
  const texts: string[] = [];
  for await (const answer of foldEvents(events())) texts.push(answer.text);
  expect(texts).toEqual(['a', 'ab', 'ab']);
  expect(readOn).toBe(false);
});
