import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { newId } from '../../lib/model/ids.ts';
import { type Functions, startFunctions } from '../../supabase/local/functions.ts';
import { type ChosenModel, chooseModel } from '../../supabase/local/model.ts';
import { type Stack, startStack } from '../../supabase/local/stack.ts';
import { type ApiPerson, createChat, createInvite, say, signIn } from '../support/api-person.ts';
import { temporaryFolder } from '../support/folders.ts';
import { wavOf } from '../support/recordings.ts';

/** Deno of the level that Supabase's runtime is at; `supabase/local` runs a newer one. */
const HOSTED = '2.1.4';
const PATIENCE = { timeout: 25_000, interval: 50 };
const NAMES = readdirSync(new URL('../../supabase/functions/', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith('_'))
  .map(({ name }) => name);

const { runInstall } = createRequire(import.meta.url)('deno-hosted/install_api.cjs') as { runInstall(): string };

test('the Deno that these tests run is of the version that Supabase runs', () => {
  expect(spawnSync(runInstall(), ['--version'], { encoding: 'utf8' }).stdout).toContain(`deno ${HOSTED} `);
});

/** A stack whose functions nothing else runs, so that whatever is done was done by this Deno. */
describe(`the functions on Deno ${HOSTED}`, () => {
  const folder = temporaryFolder();
  const log: string[] = [];
  let stack: Stack;
  let model: ChosenModel;
  let functions: Functions;
  let ana: ApiPerson;
  let ben: ApiPerson;

  beforeAll(async () => {
    stack = await startStack({ dataDir: folder.path, functions: false });
    model = await chooseModel({ env: { SIDEROOM_MODEL_PROBE: 'off' } });
    const keys = { publishableKey: stack.publishableKey, secretKey: stack.secretKey };
    functions = await startFunctions({
      ...{ gatewayUrl: stack.url, keys, env: model.env, deno: 'deno-hosted' },
      log: (line) => log.push(line),
    });
    [ana, ben] = await Promise.all([signIn(stack, 'Ana'), signIn(stack, 'Ben')]);
  });
  afterAll(async () => {
    await functions?.stop();
    await model?.stop();
    await stack?.stop();
    folder.remove();
  });

  async function call(name: string, body: object | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) {
    const response = await fetch(`${functions.url}/functions/v1/${name}`, {
      method: 'POST',
      headers: { apikey: stack.publishableKey, ...headers },
      body: body instanceof Uint8Array ? body : JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }

  async function tokenOf({ client }: ApiPerson): Promise<Record<string, string>> {
    const { data } = await client.auth.getSession();
    return { authorization: `Bearer ${data.session?.access_token}` };
  }

  const valid: Readonly<Record<string, object | Uint8Array<ArrayBuffer>>> = {
    copy: { source: newId(), id: newId(), title: 'Trip' },
    invite: { action: 'redeem', token: 'x' },
    purge: {},
    reply: {},
    speech: wavOf(1),
  };

  test.each(NAMES)('%s starts, and refuses whoever is not signed in, or not by this project', async (name) => {
    const body = valid[name] ?? {};
    const forged = `Bearer ${(await tokenOf(ana))['authorization']?.slice(7, -6)}AAAAAA`;
    for (const headers of [{}, { authorization: forged }])
      expect(await call(name, body, headers)).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
  });

  test('reply: words come to the chat as they are made, and end as one message', async () => {
    const chat = await createChat(ana, 'solo');
    const question = await say(ana, chat, 'count to 60');
    expect(await call('reply', { chat_id: chat }, await tokenOf(ana))).toEqual({ status: 202, body: { claimed: 1 } });
    const jobs = () =>
      ana.client.from('reply_jobs').select('state, partial, receipt').eq('trigger_message_id', question);
    await vi.waitUntil(async () => (await jobs()).data?.[0]?.partial || false, PATIENCE);
    await vi.waitUntil(async () => (await jobs()).data?.[0]?.receipt != null, PATIENCE);
    const { data } = await ana.client
      .from('messages')
      .select('body, status')
      .match({ chat_id: chat, kind: 'assistant' });
    expect(data).toMatchObject([{ status: 'complete', body: expect.stringContaining(' 58 59 60') }]);
  });

  test('reply: a picture is made and stored', async () => {
    const chat = await createChat(ana, 'solo');
    await say(ana, chat, 'make a picture of a harbour');
    await call('reply', { chat_id: chat }, await tokenOf(ana));
    const answers = () => ana.client.from('messages').select('attachments').match({ chat_id: chat, kind: 'assistant' });
    const answer = await vi.waitUntil(async () => (await answers()).data?.[0], PATIENCE);
    expect(answer.attachments).toMatchObject([{ content_type: 'image/png', width: 480, height: 300 }]);
  });

  test('speech: a recording becomes words', async () => {
    expect(await call('speech', wavOf(2), await tokenOf(ana))).toEqual({
      status: 200,
      body: { text: 'practice transcription of 2 seconds of wav' },
    });
  });

  test('invite: a link is shown, and makes a member', async () => {
    const chat = await createChat(ana);
    const { token } = await createInvite(ana, chat);
    expect(await call('invite', { action: 'preview', token })).toMatchObject({ status: 200, body: { title: 'Trip' } });
    const joined = await call('invite', { action: 'redeem', token }, await tokenOf(ben));
    expect(joined).toMatchObject({ status: 200, body: { chat_id: chat, joined: true } });
    expect(await call('invite', { action: 'preview', token: 'wrong' })).toMatchObject({ body: { code: 'SR004' } });
  });

  test('copy: a chat of one’s own becomes a group', async () => {
    const source = await createChat(ana, 'solo');
    const id = newId();
    expect(await call('copy', { source, id, title: 'Ours' }, await tokenOf(ana))).toEqual({
      status: 200,
      body: { chat_id: id },
    });
  });

  test('purge: the scheduler has removed what is over', async () => {
    expect(await call('purge', {}, { apikey: stack.secretKey })).toMatchObject({
      status: 200,
      body: { rows: expect.any(Number) },
    });
  });

  test('nothing went wrong behind their answers', () => {
    expect(log.filter((line) => /unexpected|unhandled|did not start|threw|failed|Warning/i.test(line))).toEqual([]);
  });
});
