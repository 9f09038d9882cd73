import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Caller } from '../../../supabase/functions/_shared/caller.ts';
import type { LogFields } from '../../../supabase/functions/_shared/log.ts';
import { handleReply } from '../../../supabase/functions/reply/handle.ts';
import { connectModel } from '../../../supabase/functions/reply/model.ts';
import { createMemoryReplies } from '../../support/memory-replies.ts';
import { type ModelServer, speak, startModelServer } from '../../support/model-server.ts';

vi.setConfig({ testTimeout: 30_000 });

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.stop());

const CHAT = '0b1c7d2e-3f40-4a51-8b62-9c73ad84be95';
const OTHER = '0b1c7d2e-3f40-4a51-8b62-9c73ad84be96';

function setUp(caller: Caller = { kind: 'service' }, claimMs = 10_000) {
  const memory = createMemoryReplies();
  const work: Promise<void>[] = [];
  const logged: [string, LogFields][] = [];
  const deps = {
    replies: memory,
    model: connectModel({ model: 'm', apiKey: 'sk-secret', baseUrl: server.url }),
    gate: { ask: async () => null },
    limits: { deltaMs: 5, beatMs: 20, jobMs: 10_000, messages: 50, contextTokens: 1_000 },
    claimMs,
    log: (event: string, fields: LogFields) => void logged.push([event, fields]),
    identifyCaller: async () => caller,
    runInBackground: (task: Promise<void>) => void work.push(task),
    announce: async () => undefined,
  };
  const post = (body: unknown) =>
    handleReply(new Request('http://localhost/reply', { method: 'POST', body: JSON.stringify(body) }), deps);
  return { memory, work, logged, deps, post };
}

describe('handleReply', () => {
  test('answers at once and works on in the background', async () => {
    const { memory, work, post } = setUp();
    const job = memory.ask(CHAT, 'Hi');
    const go = Promise.withResolvers<void>();
    server.play(async (call) => {
      await go.promise;
      speak('Hello.')(call);
    });
    const response = await post({ chat_id: CHAT });
    expect([response.status, await response.json()]).toEqual([202, { claimed: 1 }]);
    expect(job.state).toBe('running');
    go.resolve();
    await Promise.all(work);
    expect(job).toMatchObject({ state: 'done', message: 'Hello.' });
  });

  test('[AI5] in a chat one after another, in order, also what is asked meanwhile', async () => {
    const { memory, work, post } = setUp();
    const first = memory.ask(CHAT, 'first');
    let second = first;
    const order: string[] = [];
    server.play((call) => {
      if (second === first) second = memory.ask(CHAT, 'second');
      order.push(String(call.body.input.at(-1)?.content).match(/first|second/)?.[0] ?? '');
      expect(memory.jobs.filter((job) => job.state === 'running')).toHaveLength(1);
      speak('ok')(call);
    });
    expect(await (await post({ chat_id: CHAT })).json()).toEqual({ claimed: 1 });
    expect(await (await post({ chat_id: CHAT })).json()).toEqual({ claimed: 0 });
    await Promise.all(work);
    expect(order).toEqual(['first', 'second']);
    expect([first.message, second.message]).toEqual(['ok', 'ok']);
  });

  test('without a chat, the due jobs of all chats, at most eight at once', async () => {
    const { memory, work, post } = setUp();
    server.play(speak('ok'));
    for (let chat = 0; chat < 10; chat += 1) memory.ask(`chat ${chat}`, 'Hi');
    expect(await (await post({})).json()).toEqual({ claimed: 8 });
    await Promise.all(work);
    expect(await (await post({})).json()).toEqual({ claimed: 2 });
    await Promise.all(work);
  });

  test('a call with a chat leaves other chats alone', async () => {
    const { memory, post } = setUp();
    const job = memory.ask(OTHER, 'Hi');
    expect(await (await post({ chat_id: CHAT })).json()).toEqual({ claimed: 0 });
    expect(job.state).toBe('queued');
  });

  test('[AI6] a call that has worked long begins nothing new: the platform may end it', async () => {
    const { memory, work, post } = setUp({ kind: 'service' }, 0);
    server.play(speak('ok'));
    memory.ask(CHAT, 'Hi');
    const later = memory.ask(CHAT, 'And?');
    await post({ chat_id: CHAT });
    await Promise.all(work);
    expect(later.state).toBe('queued');
  });

  test('strangers are refused before anything is claimed', async () => {
    const { memory, post } = setUp({ kind: 'anonymous' });
    const job = memory.ask(CHAT, 'Hi');
    const response = await post({});
    expect([response.status, (await response.json()).code]).toEqual([401, 'unauthorized']);
    expect(job.state).toBe('queued');
  });

  test('a chat id that is none is invalid', async () => {
    const { post } = setUp();
    expect((await post({ chat_id: 'x' })).status).toBe(400);
  });

  test('the log holds ids, states and times, and nothing that people or the model said', async () => {
    const { memory, work, logged, post } = setUp();
    const job = memory.ask(CHAT, 'a private question');
    server.play(speak('a private answer'));
    await post({});
    await Promise.all(work);
    expect(logged).toEqual([
      ['reply', { job: job.id, attempt: 1, state: 'done', error: null, ms: expect.any(Number) }],
    ]);
  });

  test('[AI6] an unexpected failure is logged by its class and leaves the job to its lease', async () => {
    const { memory, work, logged, deps } = setUp();
    const job = memory.ask(CHAT, 'Hi');
    vi.spyOn(deps.replies, 'readContext').mockRejectedValue(new RangeError('a private question'));
    await handleReply(new Request('http://localhost/reply', { method: 'POST', body: '{}' }), deps);
    await Promise.all(work);
    expect(logged.map(([event, fields]) => [event, fields.name])).toEqual([['unexpected', 'RangeError']]);
    expect(JSON.stringify(logged)).not.toContain('private');
    expect(job).toMatchObject({ state: 'running', message: null });
  });
});
