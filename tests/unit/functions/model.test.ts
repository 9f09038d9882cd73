import { createHash } from 'node:crypto';
import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { foldEvents, type ModelAnswer } from '../../../supabase/functions/reply/fold.ts';
import { connectModel, type ModelRequest, type ModelSettings } from '../../../supabase/functions/reply/model.ts';
import { RULES } from '../../../supabase/functions/reply/rules.ts';
import { type ModelCall, type ModelServer, speak, startModelServer } from '../../support/model-server.ts';

vi.setConfig({ testTimeout: 30_000 });

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
beforeEach(() => server.play(speak('Hel', 'lo.')));
afterAll(() => server.stop());

const request = { input: [{ role: 'user' as const, content: '{"text":"Hi"}' }], chatId: 'chat-1', askerId: 'ana-1' };
const never = new AbortController().signal;

async function ask(settings: Partial<ModelSettings> = {}, signal = never, more: Partial<ModelRequest> = {}) {
  const model = connectModel({ model: 'some-model', apiKey: 'sk-x', baseUrl: server.url, ...settings });
  let last: ModelAnswer | null = null;
  for await (const answer of foldEvents(model.answer({ ...request, ...more }, signal))) last = answer;
  return last;
}

const failureOf = async (answered: Promise<unknown>) => {
  const thrown = await answered.then(
    () => null,
    (error: unknown) => error,
  );
  return thrown instanceof Error && 'failure' in thrown ? thrown.failure : thrown;
};

describe('connectModel', () => {
  test('streams the answer', async () => {
    expect(await ask()).toMatchObject({ text: 'Hello.', ending: { kind: 'complete' } });
  });

  test('[SAFE4] asks with storing off, under a hash of the person', async () => {
    await ask();
    expect(server.calls.at(-1)?.body).toEqual({
      model: 'some-model',
      instructions: RULES,
      input: request.input,
      stream: true,
      store: false,
      safety_identifier: createHash('sha256').update('ana-1').digest('hex'),
      prompt_cache_key: 'chat-1',
    });
  });

  test('a missing model or key is a clear failure before anything is sent', async () => {
    const before = server.calls.length;
    expect(await failureOf(ask({ model: undefined }))).toEqual({ error: 'model', retry: false });
    expect(await failureOf(ask({ apiKey: undefined, baseUrl: undefined }))).toEqual({
      error: 'unauthorized',
      retry: false,
    });
    expect(server.calls).toHaveLength(before);
  });

  test('a service on one’s own machine needs no key', async () => {
    expect(await ask({ apiKey: undefined })).toMatchObject({ text: 'Hello.' });
  });

  test.each([
    [401, { code: 'invalid_api_key', message: 'no' }, { error: 'unauthorized', retry: false }],
    [403, { message: 'no' }, { error: 'unauthorized', retry: false }],
    [404, { code: 'model_not_found', message: 'no' }, { error: 'model', retry: false }],
    [400, { code: 'context_length_exceeded', message: 'no' }, { error: 'too_long', retry: false }],
    [400, { code: 'content_policy_violation', message: 'no' }, { error: 'refused', retry: false }],
    [400, { message: 'no' }, { error: 'unknown', retry: false }],
    [413, { message: 'no' }, { error: 'too_long', retry: false }],
    [402, { message: 'no' }, { error: 'credit', retry: false }],
    [429, { code: 'insufficient_quota', message: 'no' }, { error: 'credit', retry: false }],
    [429, { type: 'insufficient_quota', message: 'no' }, { error: 'credit', retry: false }],
    [429, { code: 'rate_limit_exceeded', message: 'no' }, { error: 'limited', retry: true }],
    [503, { message: 'no' }, { error: 'unreachable', retry: true }],
  ])('status %i with %o is %o', async (status, error, failure) => {
    server.play((call) => call.refuse(status, error));
    expect(await failureOf(ask())).toEqual(failure);
  });

  test.each([
    ['7', 7],
    ['0.2', 1],
    [new Date(Date.now() + 90_000).toUTCString(), expect.toSatisfy((wait: number) => wait > 80 && wait <= 90)],
    ['soon', undefined],
    ['9999999', 86_400],
  ])('too much to do, again after %s: asked once, and the time is kept', async (after, wait) => {
    const before = server.calls.length;
    server.play((call) => call.refuse(429, { code: 'rate_limit_exceeded', message: 'no' }, { 'retry-after': after }));
    expect(await failureOf(ask())).toEqual({ error: 'limited', retry: true, ...(wait === undefined ? {} : { wait }) });
    expect(server.calls).toHaveLength(before + 1);
  });

  test('[AI8] another model and how hard it thinks are asked for by the request', async () => {
    await ask({}, never, { model: 'larger', effort: 'medium' });
    expect(server.calls.at(-1)?.body).toMatchObject({ model: 'larger', reasoning: { effort: 'medium' } });
  });

  test('[AI8] a model that knows no such effort thinks as it likes', async () => {
    server.play((call) =>
      'reasoning' in call.body
        ? call.refuse(400, { code: 'unsupported_value', message: 'no', param: 'reasoning.effort' })
        : speak('As I like.')(call),
    );
    expect(await ask({}, never, { effort: 'none' })).toMatchObject({ text: 'As I like.' });
  });

  test.each([400, 404])('[AI9] status %i: a service without the picture model answers in words', async (status) => {
    server.play((call) =>
      'tools' in call.body
        ? call.refuse(status, { code: 'model_not_found', message: 'no', param: 'tools[0].model' })
        : speak('In words.')(call),
    );
    const more = { effort: 'low', tools: [{ type: 'image_generation' }] } as const;
    expect(await ask({}, never, more)).toMatchObject({ text: 'In words.' });
    expect(server.calls.at(-1)?.body).toMatchObject({ reasoning: { effort: 'low' } });
    expect(server.calls.at(-1)?.body).not.toHaveProperty('max_tool_calls');
  });

  test.each([403, 404])(
    '[AI9] status %i without a word of why: the tools but for pictures are tried again, once',
    async (status) => {
      const offersPictures = ({ body }: ModelCall) => JSON.stringify(body['tools'] ?? []).includes('image_generation');
      server.play((call) => (offersPictures(call) ? call.refuse(status, { message: 'no' }) : speak('In words.')(call)));
      const tools = [{ type: 'web_search' }, { type: 'image_generation' }] as const;
      expect(await ask({}, never, { effort: 'low', tools })).toMatchObject({ text: 'In words.' });
      expect(server.calls.at(-1)?.body).toMatchObject({
        reasoning: { effort: 'low' },
        tools: [{ type: 'web_search' }],
      });
      const before = server.calls.length;
      server.play((call) => call.refuse(status, { message: 'no' }));
      expect(await failureOf(ask({}, never, { tools }))).toMatchObject({ retry: false });
      expect(server.calls).toHaveLength(before + 2);
    },
  );

  test('[AI6] a connection lost within the answer is worth another try', async () => {
    server.play((call) => {
      call.say('Hel');
      call.breakOff();
    });
    expect(await failureOf(ask())).toEqual({ error: 'unreachable', retry: true });
  });

  test('nobody listening is worth another try', async () => {
    const gone = await startModelServer();
    await gone.stop();
    expect(await failureOf(ask({ baseUrl: gone.url }))).toEqual({ error: 'unreachable', retry: true });
  });

  test('an error within the stream keeps its meaning', async () => {
    server.play((call) => {
      call.say('Hel');
      call.send({ type: 'error', code: 'rate_limit_exceeded', message: 'slow down', param: null });
    });
    expect(await failureOf(ask())).toEqual({ error: 'limited', retry: true });
  });

  test('a stream that ends early ends without an ending', async () => {
    server.play((call) => {
      call.say('Hel');
      call.endEarly();
    });
    expect(await ask()).toMatchObject({ text: 'Hel', ending: null });
  });

  test('[AI5] stopping ends the request at the service, in silence', async () => {
    const stop = new AbortController();
    server.play((call) => {
      call.say('Hel');
      stop.abort();
    });
    await ask({}, stop.signal);
    await server.calls.at(-1)?.closed;
  });
});

test('an independent implementation of the Responses API is understood', async () => {
  const mock = new LLMock({ port: 0, host: '127.0.0.1' });
  mock.onMessage(/Hi/, { content: 'Hello from elsewhere.' });
  const url = await mock.start();
  try {
    expect(await ask({ baseUrl: `${url}/v1` })).toMatchObject({
      text: 'Hello from elsewhere.',
      ending: { kind: 'complete' },
    });
  } finally {
    await mock.stop();
  }
});
