import { describe, expect, test, vi } from 'vitest';
import { refuse } from '../../../supabase/functions/_shared/answers.ts';
import { DatabaseError } from '../../../supabase/functions/_shared/database.ts';
import { serve } from '../../../supabase/functions/_shared/serve.ts';

const EXTENSION = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';
const WEB_APP = 'https://sideroom.example';

function call(handle: (request: Request) => Promise<Response>, init: RequestInit & { origin?: string } = {}) {
  const log = vi.fn();
  const { origin, ...rest } = init;
  const headers = origin === undefined ? {} : { origin };
  const answer = serve(handle, { log, origins: `https://other.example, ${WEB_APP}` })(
    new Request('http://localhost/invite', { method: 'POST', headers, ...rest }),
  );
  return { answer, log };
}

const fine = async () => Response.json({ fine: true });

describe('serve', () => {
  test.each([EXTENSION, 'moz-extension://0e6b1c1a-6d2f-4d0b-9a30-0f1d7b7c1a11', WEB_APP])(
    '%s may read the answer',
    async (origin) => {
      const response = await call(fine, { origin }).answer;
      expect(response.headers.get('access-control-allow-origin')).toBe(origin);
      expect(response.headers.get('access-control-expose-headers')).toBe('retry-after');
      expect(response.headers.get('vary')).toBe('Origin');
    },
  );

  test.each(['https://evil.example', 'null', `${WEB_APP}.evil.example`, 'https://x.example/chrome-extension://abc'])(
    '%s may not',
    async (origin) => {
      const response = await call(fine, { origin }).answer;
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  test('a preflight lets the client’s headers pass and never reaches the handler', async () => {
    const handle = vi.fn(fine);
    const response = await call(handle, { method: 'OPTIONS', origin: EXTENSION }).answer;
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-headers')).toBe(
      'apikey, authorization, content-type, x-client-info',
    );
    expect(response.headers.get('access-control-allow-methods')).toContain('POST');
    expect(handle).not.toHaveBeenCalled();
  });

  test('only POST is answered', async () => {
    const response = await call(fine, { method: 'GET' }).answer;
    expect([response.status, await response.json()]).toEqual([
      405,
      { code: 'method', message: 'only POST is answered' },
    ]);
  });

  test.each([
    [new DatabaseError('SR003', 'group full', 'Ask.'), 409, { code: 'SR003', message: 'group full', hint: 'Ask.' }],
    [new DatabaseError('SR004', 'invite not valid', null), 404, { code: 'SR004', message: 'invite not valid' }],
    [new DatabaseError('unreachable', 'details', null), 503, { code: 'unreachable' }],
  ])('%o is a refusal', async (error, status, body) => {
    const { answer, log } = call(() => Promise.reject(error), { origin: EXTENSION });
    const response = await answer;
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject(body);
    expect(response.headers.get('access-control-allow-origin')).toBe(EXTENSION);
    expect(log).not.toHaveBeenCalled();
  });

  test.each([new TypeError('text by Ana'), new DatabaseError('42501', 'text by Ana', null)])(
    'of an unexpected %s neither the caller nor the log learns the words',
    async (error) => {
      const { answer, log } = call(() => Promise.reject(error));
      const response = await answer;
      expect(response.status).toBe(500);
      expect(await response.text()).not.toContain('Ana');
      expect(log).toHaveBeenCalledOnce();
      expect(JSON.stringify(log.mock.calls)).toContain(error.name);
      expect(JSON.stringify(log.mock.calls)).not.toContain('Ana');
    },
  );

  test('a refusal of the handler passes as it is', async () => {
    const response = await call(async () => refuse('unauthorized', 'not signed in', 'Sign in.')).answer;
    expect([response.status, await response.json()]).toEqual([
      401,
      { code: 'unauthorized', message: 'not signed in', hint: 'Sign in.' },
    ]);
  });
});
