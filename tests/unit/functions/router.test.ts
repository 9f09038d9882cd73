import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Route } from '../../../supabase/functions/_shared/replies.ts';
import { announceOnce } from '../../../supabase/functions/reply/announce.ts';
import { answerJob } from '../../../supabase/functions/reply/answer.ts';
import { measureDifficulty } from '../../../supabase/functions/reply/difficulty.ts';
import { connectModel } from '../../../supabase/functions/reply/model.ts';
import type { Router } from '../../../supabase/functions/reply/router.ts';
import { createMemoryReplies } from '../../support/memory-replies.ts';
import { type ModelServer, type Script, speak, startModelServer } from '../../support/model-server.ts';

vi.setConfig({ testTimeout: 30_000 });

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.stop());

test.each([
  ['easy', '@ai hi'],
  ['easy', 'What does “lagan” mean?'],
  ['easy', '東京は今何時ですか'],
  ['normal', 'We want to be in Porto by noon and still see the market on the way. Which train should we take?'],
  ['normal', 'first\nsecond'],
  ['hard', 'Why does this fail?\n```js\nawait x\n```'],
  ['hard', 'Solve $$x^2 = 4$$'],
  ['hard', 'Is it safe? Is it legal? Is it cheap?'],
  ['hard', 'word '.repeat(300)],
])('[AI8] looks %s: %j', (difficulty, text) => {
  expect(measureDifficulty(text)).toBe(difficulty);
});

describe('[AI8] the model of an answer', () => {
  const slots = { small: 'tiny', standard: 'usual', large: 'huge' };
  const route = (more: Partial<Route>): Route => ({
    ...{ model: 'standard', pinned: false, place: 1000, because: {} },
    ...more,
  });

  async function answer(chosen: Route, router: Router, script: Script = speak('ok')) {
    const memory = createMemoryReplies(undefined, [], { route: chosen });
    const job = memory.ask('c', 'Is it safe? Is it legal? Is it cheap?');
    const leased = await memory.claim(null);
    if (leased === null) throw new Error('nothing to claim');
    server.play(script);
    const outcome = await answerJob(leased, {
      replies: memory,
      model: connectModel({ model: 'usual', apiKey: 'k', baseUrl: server.url }),
      limits: { deltaMs: 1, beatMs: 20, jobMs: 10_000, messages: 50, contextTokens: 1_000 },
      router,
    });
    return { job, outcome, body: server.calls.at(-1)?.body };
  }

  test('is the one that fills the slot of its route, thinking as hard as the route says', async () => {
    const hard = route({ model: 'large', effort: 'medium', place: 100, difficulty: 'hard', because: { plan: 'pro' } });
    const { body, job } = await answer(hard, { slots, takesEffort: true });
    expect(body).toMatchObject({ model: 'huge', reasoning: { effort: 'medium' } });
    expect(job.facts).toMatchObject({ difficulty: 'hard', images: false, files: false });
    expect(job.facts?.tokens).toBeGreaterThan(10);
    expect(job.receipt?.route).toEqual({
      ...{ slot: 'large', missing: false, effort: 'medium', pinned: false, place: 100 },
      ...{ difficulty: 'hard', because: { plan: 'pro' } },
    });
  });

  test('is the standard one where nothing fills the slot, and the receipt says so', async () => {
    const { body, job } = await answer(route({ model: 'large' }), { slots: { standard: 'usual' }, takesEffort: true });
    expect(body?.['model']).toBe('usual');
    expect(job.receipt?.route).toMatchObject({ slot: 'large', missing: true });
  });

  test('is told nothing of effort where its service takes none', async () => {
    const { body, job } = await answer(route({ effort: 'low' }), { slots, takesEffort: false });
    expect(body).not.toHaveProperty('reasoning');
    expect(job.receipt?.route?.effort).toBeNull();
  });

  test('[AI11] what it used is counted, under the names by which it has a price', async () => {
    const { job } = await answer(route({ model: 'small' }), { slots, takesEffort: true }, (call) => {
      call.say('ok');
      call.complete({ input: 1_200, cached: 1_000, output: 30 });
    });
    expect(job.uses).toEqual([
      {
        ...{ purpose: 'answer', model: 'tiny', asked: 'tiny', slot: 'small' },
        ...{ input_tokens: 1_200, cached_tokens: 1_000, output_tokens: 30, pictures: 0, searches: 0 },
      },
    ]);
  });

  test('[AI11] an answer that broke off has cost something unknown; one that was refused has cost nothing', async () => {
    const broken = await answer(route({}), { slots, takesEffort: true }, (call) => {
      call.say('Half');
      call.endEarly();
    });
    expect(broken.job.uses).toMatchObject([{ input_tokens: null, output_tokens: null }]);
    const refused = await answer(route({}), { slots, takesEffort: true }, (call) =>
      call.refuse(401, { code: 'invalid_api_key', message: 'no' }),
    );
    expect(refused.job.uses).toEqual([]);
  });
});

test('what the service has is told once, and again where it could not be told', async () => {
  const announce = vi.fn().mockRejectedValueOnce(new Error('away')).mockResolvedValue(undefined);
  const tell = announceOnce({ announce }, { models: { standard: 'm' }, capabilities: ['images'] });
  for (let call = 0; call < 3; call++) await tell();
  expect(announce).toHaveBeenCalledTimes(2);
});
