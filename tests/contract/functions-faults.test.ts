import type { ServerResponse } from 'node:http';
import { createClient } from '@supabase/supabase-js';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type ApiPerson, callFunction, rpc } from '../support/api-person.ts';
import { type FaultStage, openFaultStage, PATIENCE } from '../support/fault-stage.ts';
import { type ModelCall, type ModelServer, type SpeechScript, speak } from '../support/model-server.ts';
import { wavOf } from '../support/recordings.ts';

/** Faults need a stack of their own: its parts are killed, and its model does what each test says. */
let stage: FaultStage;
let model: ModelServer;
let ana: ApiPerson;

beforeAll(async () => {
  stage = await openFaultStage();
  ({ model, ana } = stage);
});

afterEach(() => model.play(speak('ok')));

afterAll(() => stage?.stop());

const ask: FaultStage['ask'] = (body) => stage.ask(body);
const jobIn: FaultStage['jobIn'] = (chat) => stage.jobIn(chat);
const reach: FaultStage['reach'] = (chat, state, options) => stage.reach(chat, state, options);
const endLease: FaultStage['endLease'] = (chat) => stage.endLease(chat);
const answersIn: FaultStage['answersIn'] = (chat) => stage.answersIn(chat);

describe('[AI6] exactly one final message, whatever crashes', () => {
  test('the worker hangs: another takes over, and the first writes nothing more', async () => {
    const calls: ModelCall[] = [];
    model.play((call) => {
      calls.push(call);
      call.say(`Attempt ${calls.length} `);
      return call.closed;
    });
    const chat = await ask();
    await vi.waitUntil(async () => (await jobIn(chat)).partial !== '', PATIENCE);
    await endLease(chat);
    await vi.waitUntil(() => calls.length === 2, PATIENCE);
    calls[0]?.say('goes on');
    await calls[0]?.closed;
    calls[1]?.say('ends.');
    calls[1]?.complete();
    await reach(chat, 'done');
    expect((await answersIn(chat)).map((answer) => answer.body)).toEqual(['Attempt 2 ends.']);
  });

  test('the model’s connection breaks', async () => {
    const fates = [(call: ModelCall) => call.breakOff(), (call: ModelCall) => call.endEarly(), speak('Third time.')];
    model.play(async (call) => {
      call.say('Now: ');
      await vi.waitUntil(async () => (await jobIn(chat)).partial === 'Now: ', PATIENCE);
      fates.shift()?.(call);
    });
    const chat = await ask();
    expect(await reach(chat, 'done')).toMatchObject({ attempts: 3 });
    expect((await answersIn(chat)).map((answer) => answer.body)).toEqual(['Now: Third time.']);
  });

  test('the database goes away in the middle of the answer', async () => {
    const begun = Promise.withResolvers<ModelCall>();
    model.play((call) => {
      call.say('Before, ');
      begun.resolve(call);
      return call.closed;
    });
    const chat = await ask();
    const call = await begun.promise;
    await vi.waitUntil(async () => (await jobIn(chat)).partial !== '', PATIENCE);
    await stage.stack.kill('postgres');
    call.say('during, ');
    await stage.stack.restart('postgres');
    call.say('after.');
    call.complete();
    await vi.waitUntil(async () => (await jobIn(chat).catch(() => null))?.state === 'done', PATIENCE);
    expect((await answersIn(chat)).map((answer) => answer.body)).toEqual(['Before, during, after.']);
  });
});

describe('[AI6] a reply that cannot be given ends in a notice, and a member tries again', () => {
  test.each([
    ['unauthorized', 401, { code: 'invalid_api_key', message: 'no' }],
    ['credit', 429, { code: 'insufficient_quota', message: 'no' }],
    ['model', 404, { code: 'model_not_found', message: 'no' }],
    ['too_long', 400, { code: 'context_length_exceeded', message: 'no' }],
    ['refused', 400, { code: 'content_policy_violation', message: 'no' }],
  ])('%s: at once', async (error, status, body) => {
    model.play((call) => call.refuse(status, body));
    const chat = await ask();
    const job = await reach(chat, 'failed', { hurry: false });
    expect(job).toMatchObject({ error, attempts: 1 });
    expect(await answersIn(chat)).toEqual([{ id: job.message_id, body: '', status: 'failed' }]);
  });

  test('limited for long: at once, with the time that the service gave; a member reads both', async () => {
    model.play((call) => call.refuse(429, { code: 'rate_limit_exceeded', message: 'no' }, { 'retry-after': '900' }));
    const chat = await ask();
    const job = await reach(chat, 'failed', { hurry: false });
    expect(job).toMatchObject({ error: 'limited', attempts: 1 });
    const { data } = await ana.client.from('reply_jobs').select('error, retry_at').eq('id', job.id).single();
    expect(data?.error).toBe('limited');
    expect(Date.parse(data?.retry_at ?? '') - Date.now()).toBeGreaterThan(800_000);
  });

  test('limited for a moment: asked again by itself, after that moment', async () => {
    const asked: number[] = [];
    model.play((call) => {
      asked.push(performance.now());
      if (asked.length > 1) speak('Now.')(call);
      else call.refuse(429, { code: 'rate_limit_exceeded', message: 'no' }, { 'retry-after': '3' });
    });
    await reach(await ask(), 'done', { hurry: false });
    expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBeGreaterThan(2_900);
  });

  test('unreachable: after three attempts; trying again rewrites the same message', async () => {
    model.play((call) => call.breakOff());
    const chat = await ask();
    const job = await reach(chat, 'failed');
    expect(job).toMatchObject({ error: 'unreachable', attempts: 3 });
    model.play(speak('At last.'));
    await rpc(ana, 'retry_reply', { p_job: job.id });
    await callFunction(ana, 'reply', { chat_id: chat });
    await reach(chat, 'done');
    expect(await answersIn(chat)).toEqual([{ id: job.message_id, body: 'At last.', status: 'complete' }]);
  });
});

test('[AI5] stop hangs up on a model that is silent', async () => {
  model.play((call) => call.closed);
  const chat = await ask();
  await rpc(ana, 'stop_reply', { p_job: (await jobIn(chat)).id });
  await reach(chat, 'stopped');
  await model.calls.at(-1)?.closed;
  expect(await answersIn(chat)).toEqual([]);
});

test('[SAFE4] what goes out: storing off, a hash of the asker, the chat as cache key, one JSON line per message', async () => {
  await reach(await ask('What is\nthis?'), 'done');
  const body = model.calls.at(-1)?.body;
  expect(body).toMatchObject({ model: 'scripted', stream: true, store: false });
  expect(body?.['safety_identifier']).toMatch(/^[0-9a-f]{64}$/);
  expect(JSON.stringify(body)).not.toContain(ana.id);
  const line = body?.input.at(-1)?.content ?? '';
  expect(line).not.toContain('\n');
  expect(JSON.parse(line)).toEqual({
    id: 'm1',
    from: 'u1',
    name: 'Ana Private',
    reply_to: null,
    text: 'What is\nthis?',
  });
});

test('[MEM4] the context is for the holder of the lease alone', async () => {
  const chat = await ask();
  const service = createClient(stage.stack.url, stage.stack.secretKey, { auth: { persistSession: false } });
  const { data } = await service.rpc('reply_context', { p_job: (await jobIn(chat)).id, p_lease: crypto.randomUUID() });
  expect(data).toBeNull();
});

describe('[MSG10] a recording that is not transcribed is refused with the reason', () => {
  const dictate = async () => {
    const { data, response } = await ana.client.functions.invoke('speech', { body: new Blob([wavOf(1)]) });
    return response?.ok ? data : { status: response?.status, ...(await response?.json()) };
  };
  const refusal = (status: number, code?: string) => (response: ServerResponse) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error: { code } }));

  test.each<[string, number, SpeechScript]>([
    ['speech_down', 424, (response) => response.destroy()],
    ['speech_down', 424, refusal(500)],
    ['speech_down', 424, (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"te')],
    ['speech_off', 501, refusal(401, 'invalid_api_key')],
    ['speech_off', 501, refusal(404, 'model_not_found')],
    ['speech_off', 501, refusal(429, 'insufficient_quota')],
    ['limited', 429, refusal(429, 'rate_limit_exceeded')],
    ['unsupported', 415, refusal(400, 'audio_too_short')],
  ])('%s, status %i', async (code, status, script) => {
    model.playSpeech(script);
    expect(await dictate()).toMatchObject({ status, code });
  });

  test('hidden characters in what the model heard are left out', async () => {
    model.playSpeech((response) =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ text: ' private\u202e words\u200b ' })),
    );
    expect(await dictate()).toEqual({ text: 'private words' });
  });
});

test('the log of all this holds no question, name or key', () => {
  expect(stage.log.some((line) => line.includes('"event":"reply"'))).toBe(true);
  expect(stage.log.join('\n')).not.toMatch(/private|Whole|At last|sk-never-logged|sb_secret/i);
});
