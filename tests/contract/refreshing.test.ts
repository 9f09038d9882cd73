import postgres from 'postgres';
import { describe, expect, test } from 'vitest';
import { signIn } from '../support/api-person.ts';
import { stackUnderTest } from '../support/stack.ts';

const stack = stackUnderTest();

interface Answer {
  readonly status: number;
  readonly token: string;
}

async function refresh(token: string): Promise<Answer> {
  const response = await fetch(`${stack.url}/auth/v1/token?grant_type=refresh_token`, {
    method: 'POST',
    headers: { apikey: stack.publishableKey, 'content-type': 'application/json' },
    body: JSON.stringify({ refresh_token: token }),
  });
  return { status: response.status, token: (await response.json()).refresh_token };
}

async function firstToken(): Promise<string> {
  const { client } = await signIn(stack);
  return (await client.auth.getSession()).data.session?.refresh_token ?? '';
}

describe('a session goes on', () => {
  test('when the answer to a refresh was lost, however often', async () => {
    const first = await firstToken();
    await refresh(first);
    const { status, token } = await refresh(first);
    expect(status).toBe(200);
    expect((await refresh(token)).status).toBe(200);
  });

  test('when a refresh comes late, after two others', async () => {
    const first = await firstToken();
    const second = await refresh(first);
    const third = await refresh(second.token);
    expect((await refresh(first)).status).toBe(200);
    expect((await refresh(third.token)).status).toBe(200);
  });

  test('when a token is refreshed several times at the same moment', async () => {
    const first = await firstToken();
    const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(first)));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    const { status, token } = await refresh(first);
    expect(status).toBe(200);
    expect((await refresh(token)).status).toBe(200);
  });
});

test.runIf(stack.local)('a session ends when a token is used again that was replaced long ago', async () => {
  const sql = postgres(stack.local?.adminUrl ?? '', { max: 1 });
  const first = await firstToken();
  const second = await refresh(first);
  const third = await refresh(second.token);
  await sql`update auth.refresh_tokens set updated_at = now() - interval '11 seconds' where token = ${first}`;
  expect((await refresh(first)).status).toBe(400);
  expect((await refresh(third.token)).status).toBe(400);
  await sql.end();
});
