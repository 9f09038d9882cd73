import { describe, expect, test } from 'vitest';
import { failedWords } from '../../../components/chat/failed-words.ts';
import { receiptRows } from '../../../components/chat/why-words.ts';
import { limitWords } from '../../../components/composer/limit-words.ts';
import { costWords, routeWords } from '../../../components/model-words.ts';
import type { ModelRoute, ReplyError } from '../../../lib/model/chat.ts';

const BECAUSE = { plan: null, difficulty: null, tokens: null, images: null, files: null };
const ROUTE: ModelRoute = {
  ...{ slot: 'large', missing: false, effort: 'medium', pinned: false, difficulty: 'hard' },
  because: { ...BECAUSE, plan: 'pro', difficulty: 'hard' },
};

describe('[AI11] a receipt', () => {
  test.each<[string, Partial<ModelRoute>]>([
    ['Thorough, for a hard question and the plan pro', {}],
    ['Standard, as usual', { slot: 'standard', because: BECAUSE }],
    ['Quick, as picked', { slot: 'small', pinned: true }],
    ['Standard, because no “Thorough” one is set up', { missing: true }],
    [
      'Standard, for pictures and much to read',
      { slot: 'standard', because: { ...BECAUSE, images: true, tokens: 6_000 } },
    ],
  ])('says which model answered and why: %s', (words, route) => {
    expect(routeWords({ ...ROUTE, ...route })).toBe(words);
  });

  test.each([
    [4_842, '$0.0048'],
    [220, '$0.00022'],
    [120_000, '$0.12'],
    [1_234_567, '$1.23'],
    [0, '$0.00'],
    [null, 'unknown'],
  ])('writes %s millionths as %s', (micros, words) => {
    expect(costWords(micros, 'USD')).toBe(words);
  });

  test('holds tokens of answer and gate, and the cost', () => {
    const made = {
      ...{
        model: 'sol',
        rules: 'r',
        messages: 2,
        pages: 0,
        inputTokens: 3_812,
        outputTokens: 164,
        firstMs: 620,
        totalMs: 3_410,
      },
      ...{ gateInputTokens: 1_904, gateOutputTokens: 38, costMicros: 4_842, currency: 'USD', route: ROUTE },
    };
    expect(receiptRows({ askerId: null, decision: null, made })).toEqual([
      ['Model', 'sol'],
      ['Chosen', 'Thorough, for a hard question and the plan pro'],
      ['Effort', 'medium'],
      ['Rules', 'r'],
      ['Read', '2 messages'],
      ['Tokens', '3,812 in, 164 out'],
      ['To decide', '1,904 in, 38 out'],
      ['Cost', '$0.0048'],
      ['First word after', '0.6 s'],
      ['Took', '3.4 s'],
    ]);
  });
});

describe('[AI6] an answer that did not come', () => {
  const now = new Date('2026-11-23T14:40:00Z');
  const all: Record<ReplyError, true> = {
    ...{ unreachable: true, unauthorized: true, limited: true, credit: true, too_long: true },
    ...{ refused: true, model: true, crashed: true, unknown: true },
  };
  const errors = Object.keys(all) as ReplyError[];

  test.each(errors)('%s: says so in a sentence or two, without blame', (error) => {
    const words = failedWords({ error, retryAt: null }, now);
    expect(words).toMatch(/^[A-Z].*\.$/);
    expect(words.length).toBeLessThanOrEqual(110);
    expect(words).not.toMatch(/oops|sorry|error|invalid|!/i);
  });

  test('only what nobody can tell more of shares its words', () => {
    expect(new Set(errors.map((error) => failedWords({ error, retryAt: null }, now))).size).toBe(errors.length - 1);
  });

  test('its service says when to ask again', () => {
    const again = (retryAt: string) => failedWords({ error: 'limited', retryAt }, now);
    expect(again('2026-11-23T14:52:00Z')).toContain('Try again in 12 minutes.');
    expect(again('2026-11-23T14:39:00Z')).toContain('You can try again now.');
    expect(again('2026-11-23T19:00:00Z')).toMatch(/Try again from \d/);
  });
});

test('[AI10] a limit says what it is on and until when', () => {
  const style = { timeZone: 'UTC', hourCycle: 'h23' } as const;
  const now = new Date('2026-11-23T14:40:00Z');
  const at = (reason: 'quota' | 'pictures' | 'ceiling', resetsAt: string) =>
    limitWords({ messageId: 'm', reason, resetsAt }, now, style);
  expect(at('quota', '2026-11-23T17:05:00Z')).toMatch(/all answers of your plan.*from 17:05\.$/);
  expect(at('pictures', '2026-11-24T01:00:00Z')).toMatch(/all pictures of your plan.*from tomorrow at 01:00\.$/);
  expect(at('ceiling', '2026-11-24T00:00:00Z')).toMatch(/as much as it may for today.*from tomorrow at 00:00\.$/);
});
