import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { connectDatabase, DatabaseError } from '../../../supabase/functions/_shared/database.ts';
import { openInvites } from '../../../supabase/functions/_shared/invites.ts';
import { openReplies } from '../../../supabase/functions/_shared/replies.ts';

/** The REST API as far as functions see it: what was called, and answers given by a test. */
vi.setConfig({ testTimeout: 30_000 });

let api: Server;
let answers: { readonly status: number; readonly body: unknown }[];
let called: { readonly path: string; readonly headers: IncomingHttpHeaders; readonly args: unknown }[];

beforeAll(async () => {
  api = createServer(async (request, response) => {
    called.push({ path: request.url ?? '', headers: request.headers, args: JSON.parse(await text(request)) });
    const { status, body } = answers.shift() ?? { status: 500, body: {} };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('SUPABASE_URL', `http://127.0.0.1:${(api.address() as AddressInfo).port}`);
  vi.stubEnv('SUPABASE_SECRET_KEYS', '{"default":"sb_secret_x"}');
});

beforeEach(() => {
  answers = [];
  called = [];
});

afterAll(() => {
  vi.unstubAllEnvs();
  api.closeAllConnections();
  api.close();
});

const claimed = { job_id: 'j', lease: 'l', chat_id: 'c', attempt: 2, state: 'running' };

test('calls go out with the secret key and the arguments of the function', async () => {
  answers = [{ status: 200, body: true }];
  const job = { id: 'j', lease: 'l', chatId: 'c', attempt: 1, kind: 'answer' } as const;
  expect(await openReplies(connectDatabase()).finish(job, { state: 'failed', error: 'limited', retry: true })).toBe(
    true,
  );
  expect(called[0]).toMatchObject({
    path: '/rest/v1/rpc/finish_reply',
    headers: { apikey: 'sb_secret_x' },
    args: { p_job: 'j', p_lease: 'l', p_state: 'failed', p_body: '', p_error: 'limited', p_retry: true },
  });
});

test('[AI6] a job that a claim has ended is passed over: the next one is asked for', async () => {
  answers = [
    { status: 200, body: { job_id: 'i', lease: null } },
    { status: 200, body: claimed },
  ];
  const job = await openReplies(connectDatabase()).claim('c');
  expect(job).toEqual({ id: 'j', lease: 'l', chatId: 'c', attempt: 2, kind: 'answer' });
  expect(called.map(({ args }) => args)).toEqual([{ p_chat: 'c' }, { p_chat: 'c' }]);
});

test('nothing due is null', async () => {
  answers = [{ status: 200, body: null }];
  expect(await openReplies(connectDatabase()).claim(null)).toBeNull();
});

test.each([
  [400, { code: 'SR004', message: 'invite not valid', hint: 'Ask.' }, 'SR004'],
  [403, { code: '42501', message: 'permission denied' }, '42501'],
  [500, { code: '57P01', message: 'terminating connection' }, 'unreachable'],
  [503, { code: 'unavailable', message: 'starting' }, 'unreachable'],
  [502, {}, 'unreachable'],
  [500, {}, 'unknown'],
])('status %i with %o is %s', async (status, body, code) => {
  answers = [{ status, body }];
  const error = await openInvites(connectDatabase())
    .preview('t', null, 'a')
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(DatabaseError);
  expect(error).toMatchObject({ code });
});

test('nobody there is unreachable', async () => {
  vi.stubEnv('SUPABASE_URL', 'http://127.0.0.1:1');
  const gone = connectDatabase();
  vi.stubEnv('SUPABASE_URL', `http://127.0.0.1:${(api.address() as AddressInfo).port}`);
  await expect(openInvites(gone).preview('t', null, 'a')).rejects.toMatchObject({ code: 'unreachable' });
});

test('an answer of another shape than agreed surfaces', async () => {
  answers = [{ status: 200, body: { title: 1 } }];
  await expect(openInvites(connectDatabase()).preview('t', null, 'a')).rejects.toThrow('Invalid type');
});

test('without a secret key nothing starts', () => {
  vi.stubEnv('SUPABASE_SECRET_KEYS', '');
  expect(() => connectDatabase()).toThrow('SUPABASE_SECRET_KEYS');
  vi.stubEnv('SUPABASE_SECRET_KEYS', '{"default":"sb_secret_x"}');
});
