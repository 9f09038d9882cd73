import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type ChosenModel, chooseModel, type ModelOptions } from '../../supabase/local/model.ts';

const toStop: (() => void | Promise<void>)[] = [];
const DEAD = { name: 'Nobody', baseUrl: 'http://127.0.0.1:1/v1' };

afterEach(async () => {
  for (const stop of toStop.splice(0)) await stop();
});

async function choose(env: ModelOptions['env'], options: Omit<ModelOptions, 'env'> = {}): Promise<ChosenModel> {
  const model = await chooseModel({ env, localServers: [DEAD], ...options });
  toStop.push(() => model.stop());
  return model;
}

/** A model server that answers `body` after `delayMs`. */
async function serveModels(body: unknown, delayMs = 0): Promise<{ baseUrl: string; keys: (string | undefined)[] }> {
  const keys: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    keys.push(request.headers.authorization);
    setTimeout(() => response.end(JSON.stringify(body)), delayMs).unref();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  toStop.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, keys };
}

const list = (...ids: string[]) => ({ object: 'list', data: ids.map((id) => ({ id, object: 'model' })) });

describe('with a key', () => {
  test('OpenAI serves, and the banner does not tell the key', async () => {
    const model = await choose({ OPENAI_API_KEY: ' sk-secret ', OPENAI_BASE_URL: '' });
    expect(model).toMatchObject({
      kind: 'openai',
      name: 'OpenAI',
      apiKey: 'sk-secret',
      baseUrl: 'https://api.openai.com/v1',
    });
    expect(model.banner).toContain(model.model);
    expect(model.banner).not.toContain('sk-secret');
  });

  test.each(['SIDEROOM_MODEL', 'OPENAI_MODEL'])('%s names the model', async (name) => {
    expect((await choose({ OPENAI_API_KEY: 'k', [name]: 'gpt-x' })).model).toBe('gpt-x');
  });

  test('another service is asked for its models with that key, unless one is named', async () => {
    const service = await serveModels(list('first', 'second'));
    const env = { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: `${service.baseUrl}/` };
    expect(await choose(env)).toMatchObject({ kind: 'openai', baseUrl: service.baseUrl, model: 'first' });
    expect(service.keys).toEqual(['Bearer k']);
    expect((await choose({ ...env, SIDEROOM_MODEL: 'third' })).model).toBe('third');
  });
});

describe('without a key', () => {
  test('a server named by its URL comes first', async () => {
    const named = await serveModels(list('a'));
    const found = await serveModels(list('b'));
    const localServers = [{ name: 'Ollama', baseUrl: found.baseUrl }];
    expect(await choose({ OPENAI_BASE_URL: named.baseUrl }, { localServers })).toMatchObject({
      kind: 'local',
      model: 'a',
    });
  });

  test('a server found on this machine serves its first model for chat', async () => {
    const { baseUrl } = await serveModels(list('nomic-embed-text', 'llama'));
    const model = await choose({}, { localServers: [DEAD, { name: 'LM Studio', baseUrl }] });
    expect(model).toMatchObject({ kind: 'local', name: 'LM Studio', baseUrl, model: 'llama' });
    expect(model.banner).toBe('AI: llama by LM Studio on this machine.');
  });

  test('a server that lacks the model asked for is passed over, and says what it has', async () => {
    const { baseUrl } = await serveModels(list('llama'));
    const lines: string[] = [];
    const model = await choose(
      { SIDEROOM_MODEL: 'qwen' },
      { localServers: [{ name: 'Ollama', baseUrl }], log: (line) => lines.push(line) },
    );
    expect(model.kind).toBe('practice');
    expect(lines.join()).toContain('no model named qwen. It has: llama');
  });

  test.each([
    ['is slow', () => serveModels(list('llama'), 5_000)],
    ['has no model', () => serveModels(list())],
    ['is something else', () => serveModels({ hello: 'world' })],
  ])('a server that %s is none', async (_name, start) => {
    const { baseUrl } = await start();
    const started = performance.now();
    expect((await choose({}, { localServers: [{ name: 'Ollama', baseUrl }] })).kind).toBe('practice');
    expect(performance.now() - started).toBeLessThan(4_500);
  });

  test('no server is looked for where that is switched off', async () => {
    const { baseUrl, keys } = await serveModels(list('llama'));
    const localServers = [{ name: 'Ollama', baseUrl }];
    expect((await choose({ SIDEROOM_MODEL_PROBE: 'off' }, { localServers })).kind).toBe('practice');
    expect(keys).toEqual([]);
  });

  test('the practice model speaks at the pace that is set', async () => {
    const model = await choose({ SIDEROOM_PRACTICE_WORD_MS: '40' });
    const started = performance.now();
    const body = JSON.stringify({ model: model.model, input: 'count to 5', stream: true });
    await (await fetch(`${model.baseUrl}/responses`, { method: 'POST', body })).text();
    expect(performance.now() - started).toBeGreaterThan(5 * 40 - 10);
  });

  test('the practice model is started, says how to get a real one, and stops', async () => {
    const model = await choose({});
    expect(model.kind).toBe('practice');
    for (const way of ['OPENAI_API_KEY', 'Ollama', 'LM Studio']) expect(model.banner).toContain(way);
    expect((await fetch(`${model.baseUrl}/models`)).status).toBe(200);
    await model.stop();
    toStop.length = 0;
    await expect(fetch(`${model.baseUrl}/models`)).rejects.toThrow();
  });
});

test('the functions get the connection and their own settings, and nothing else', async () => {
  const model = await choose({
    OPENAI_API_KEY: 'k',
    SIDEROOM_MODEL: 'm',
    SIDEROOM_DELTA_MS: '100',
    HOME: '/home/ana',
    OPENAI_ORG_ID: 'o',
  });
  expect(model.env).toEqual({
    OPENAI_API_KEY: 'k',
    OPENAI_BASE_URL: 'https://api.openai.com/v1',
    SIDEROOM_MODEL: 'm',
    SIDEROOM_SPEECH_MODEL: 'gpt-4o-mini-transcribe',
    SIDEROOM_DELTA_MS: '100',
  });
});

test('[MSG10] OpenAI and the practice model hear; of any other service somebody has to say with what', async () => {
  const { baseUrl } = await serveModels(list('llama'));
  const named = async (env: Record<string, string>) => (await choose(env)).env['SIDEROOM_SPEECH_MODEL'];
  expect(await named({ OPENAI_API_KEY: 'k', SIDEROOM_SPEECH_MODEL: 'whisper-1' })).toBe('whisper-1');
  expect(await named({})).toBe('practice');
  expect(await named({ OPENAI_BASE_URL: baseUrl })).toBeUndefined();
  expect(await named({ OPENAI_BASE_URL: baseUrl, SIDEROOM_SPEECH_MODEL: 'whisper' })).toBe('whisper');
});

test('the search can be called off', async () => {
  const { baseUrl } = await serveModels(list('llama'), 5_000);
  const signal = AbortSignal.timeout(20);
  await expect(choose({}, { localServers: [{ name: 'Ollama', baseUrl }], signal })).rejects.toThrow();
});
