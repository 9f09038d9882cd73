import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { DatabaseError } from '../../../supabase/functions/_shared/database.ts';
import type { Replies } from '../../../supabase/functions/_shared/replies.ts';
import { type AnswerLimits, answerJob } from '../../../supabase/functions/reply/answer.ts';
import { connectModel } from '../../../supabase/functions/reply/model.ts';
import { createMemoryReplies, type MemoryReplies } from '../../support/memory-replies.ts';
import { type ModelCall, type ModelServer, speak, startModelServer } from '../../support/model-server.ts';

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.stop());

// States are waited for, however slow the machine.
vi.setConfig({ testTimeout: 30_000 });
const PATIENCE = { timeout: 20_000, interval: 5 };

const LIMITS: AnswerLimits = { deltaMs: 5, beatMs: 20, jobMs: 10_000, messages: 50, contextTokens: 1_000 };

async function answerNext(memory: MemoryReplies, replies: Replies = memory, limits = LIMITS) {
  const job = await memory.claim(null);
  if (job === null) throw new Error('nothing to claim');
  const model = connectModel({ model: 'm', apiKey: 'k', baseUrl: server.url });
  return answerJob(job, { replies, model, limits });
}

/** Says something, then waits to be hung up on. */
const sayAndHang = (call: ModelCall) => {
  call.say('So far ');
  return call.closed;
};

describe('answerJob', () => {
  test('[AI6] [AI7] words are stored as they come and end as one message', async () => {
    const memory = createMemoryReplies();
    const job = memory.ask('c', 'Hi');
    server.play(async (call) => {
      call.say('One ');
      await vi.waitUntil(() => job.partial === 'One ', PATIENCE);
      call.say('\u{1f600} ');
      await vi.waitUntil(() => job.partial === 'One \u{1f600} ', PATIENCE);
      call.say('three.');
      call.complete();
    });
    expect(await answerNext(memory)).toEqual({ state: 'done', body: 'One \u{1f600} three.' });
    expect(job).toMatchObject({ state: 'done', message: 'One \u{1f600} three.' });
    expect(job.deltas.slice(0, 2)).toEqual([
      { offset: 0, text: 'One ' },
      { offset: 4, text: '\u{1f600} ' },
    ]);
  });

  test('deltas are coalesced', async () => {
    const memory = createMemoryReplies();
    const job = memory.ask('c', 'Hi');
    server.play(speak(...'a very long answer in many small pieces'.split(/(?= )/)));
    await answerNext(memory, memory, { ...LIMITS, deltaMs: 60_000 });
    expect(job.deltas.length).toBeLessThanOrEqual(1);
    expect(job.message).toBe('a very long answer in many small pieces');
  });

  test('[AI5] stop keeps what stood on screen and hangs up', async () => {
    const memory = createMemoryReplies();
    const job = memory.ask('c', 'Hi');
    server.play(async (call) => {
      call.say('So far ');
      await vi.waitUntil(() => job.partial !== '', PATIENCE);
      job.stopRequested = true;
      await call.closed;
    });
    expect(await answerNext(memory)).toEqual({ state: 'stopped', body: 'So far ' });
    expect(job).toMatchObject({ state: 'stopped', message: 'So far ' });
    await server.calls.at(-1)?.closed;
  });

  test('[AI5] stop reaches a model that has not said anything, by the heartbeat', async () => {
    const memory = createMemoryReplies();
    const job = memory.ask('c', 'Hi');
    server.play((call) => {
      job.stopRequested = true;
      return call.closed;
    });
    expect(await answerNext(memory)).toEqual({ state: 'stopped', body: '' });
    expect(job.message).toBeNull();
  });

  test('[AI6] who has lost the lease writes nothing more and hangs up', async () => {
    const memory = createMemoryReplies();
    const job = memory.ask('c', 'Hi');
    server.play(async (call) => {
      call.say('Mine');
      await vi.waitUntil(() => job.partial === 'Mine', PATIENCE);
      memory.expire(job);
      await memory.claim(null);
      await call.closed;
    });
    const finish = vi.spyOn(memory, 'finish');
    expect(await answerNext(memory)).toEqual({ state: 'lost' });
    expect(finish).not.toHaveBeenCalled();
    expect(job).toMatchObject({ state: 'running', attempts: 2, partial: '', message: null });
  });

  test('[AI6] a lease lost at the very end leaves the other worker’s message alone', async () => {
    const memory = createMemoryReplies();
    const job = memory.ask('c', 'Hi');
    server.play((call) => {
      memory.expire(job);
      speak('Late')(call);
    });
    expect(await answerNext(memory, memory, { ...LIMITS, deltaMs: 60_000 })).toEqual({ state: 'lost' });
    expect(job.message).toBeNull();
  });

  test.each([
    ['the connection breaks', (call: ModelCall) => call.breakOff()],
    ['the stream ends early', (call: ModelCall) => call.endEarly()],
  ])('[AI6] when %s, the job is queued again; the next attempt begins anew', async (_, fault) => {
    const memory = createMemoryReplies();
    const job = memory.ask('c', 'Hi');
    server.play(async (call) => {
      call.say('So');
      await vi.waitUntil(() => job.partial === 'So', PATIENCE);
      fault(call);
    });
    expect(await answerNext(memory)).toEqual({ state: 'failed', error: 'unreachable', retry: true });
    expect(job).toMatchObject({ state: 'queued', partial: '', message: null });
    server.play(speak('Whole.'));
    await answerNext(memory);
    expect(job).toMatchObject({ state: 'done', attempts: 2, message: 'Whole.' });
  });

  test('[AI6] what cannot succeed is not tried again', async () => {
    const memory = createMemoryReplies();
    const job = memory.ask('c', 'Hi');
    server.play((call) => call.refuse(429, { code: 'insufficient_quota', message: 'pay' }));
    await answerNext(memory);
    expect(job).toMatchObject({ state: 'failed', error: 'credit', attempts: 1 });
  });

  test('a refusal is an answer', async () => {
    const memory = createMemoryReplies();
    const job = memory.ask('c', 'Hi');
    server.play((call) => {
      call.send({ type: 'response.refusal.delta', delta: 'I would rather not.' });
      call.complete();
    });
    await answerNext(memory);
    expect(job).toMatchObject({ state: 'done', message: 'I would rather not.' });
  });

  test('an empty answer is a failure, not an empty message', async () => {
    const memory = createMemoryReplies();
    const job = memory.ask('c', 'Hi');
    server.play((call) => call.complete());
    await answerNext(memory);
    expect(job).toMatchObject({ state: 'failed', error: 'model' });
  });

  test('[AI6] out of time, the answer ends with what there is', async () => {
    const memory = createMemoryReplies();
    const job = memory.ask('c', 'Hi');
    const time = new AbortController();
    const clock = vi.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(time.signal);
    server.play(async (call) => {
      call.say('So far ');
      await vi.waitUntil(() => job.partial !== '', PATIENCE);
      time.abort();
      await call.closed;
    });
    expect(await answerNext(memory)).toEqual({ state: 'stopped', body: 'So far ' });
    expect(clock).toHaveBeenCalledWith(LIMITS.jobMs);
    expect(job.message).toBe('So far ');
  });

  test('[AI6] out of time without a word is a failure', async () => {
    const memory = createMemoryReplies();
    memory.ask('c', 'Hi');
    const time = new AbortController();
    vi.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(time.signal);
    server.play((call) => {
      time.abort();
      return call.closed;
    });
    expect(await answerNext(memory)).toEqual({ state: 'failed', error: 'unreachable', retry: false });
  });

  test('nobody left to answer: the job ends without a message, and no model is asked', async () => {
    const memory = createMemoryReplies(() => null);
    const job = memory.ask('c', 'Hi');
    const before = server.calls.length;
    await answerNext(memory);
    expect(job).toMatchObject({ state: 'stopped', message: null });
    expect(server.calls).toHaveLength(before);
  });

  test('[AI6] [AI7] a database that is away for a moment loses no word', async () => {
    const memory = createMemoryReplies();
    const job = memory.ask('c', 'Hi');
    let failing = 3;
    const shaky: Replies = {
      ...memory,
      append: (...args) =>
        failing-- > 0 ? Promise.reject(new DatabaseError('unreachable', 'away', null)) : memory.append(...args),
    };
    server.play(async (call) => {
      call.say('One ');
      await vi.waitUntil(() => job.partial === 'One ', PATIENCE);
      call.say('two.');
      call.complete();
    });
    await answerNext(memory, shaky);
    expect(job).toMatchObject({ state: 'done', message: 'One two.' });
    expect(job.deltas[0]).toEqual({ offset: 0, text: 'One ' });
  });

  test('[AI6] a database that stays away takes the lease with it: nothing more is written', async () => {
    const memory = createMemoryReplies();
    memory.ask('c', 'Hi');
    const now = performance.now.bind(performance);
    let later = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now() + later);
    const away: Replies = {
      ...memory,
      append: () => {
        later += 30_000;
        return Promise.reject(new DatabaseError('unreachable', 'away', null));
      },
    };
    const finish = vi.spyOn(away, 'finish');
    server.play(sayAndHang);
    expect(await answerNext(memory, away)).toEqual({ state: 'lost' });
    expect(finish).not.toHaveBeenCalled();
    await server.calls.at(-1)?.closed;
    clock.mockRestore();
  });

  test('[AI6] ending is tried again while the database is away', async () => {
    const memory = createMemoryReplies();
    const job = memory.ask('c', 'Hi');
    let failing = 1;
    const shaky: Replies = {
      ...memory,
      finish: (...args) =>
        failing-- > 0 ? Promise.reject(new DatabaseError('unreachable', 'away', null)) : memory.finish(...args),
    };
    server.play(speak('Kept.'));
    await answerNext(memory, shaky);
    expect(job.message).toBe('Kept.');
  });

  test('what nobody expects surfaces', async () => {
    const memory = createMemoryReplies();
    memory.ask('c', 'Hi');
    const broken: Replies = { ...memory, append: () => Promise.reject(new DatabaseError('42501', 'denied', null)) };
    server.play(sayAndHang);
    await expect(answerNext(memory, broken)).rejects.toThrow('denied');
    await server.calls.at(-1)?.closed;
  });
});
