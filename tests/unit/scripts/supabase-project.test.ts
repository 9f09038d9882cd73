import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { openProject } from '../../../scripts/start/supabase-project.ts';

const KEY = 'sb_publishable_abc';
const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  cleanUps.push(() => server.close());
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function open(url: string, key = KEY) {
  return openProject({ url, key }, new AbortController().signal);
}

function jwtFor(role: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS256' })}.${part({ role })}.c2ln`;
}

/** A project that knows the key, with or without our tables. */
function project(tables: boolean): RequestListener {
  return (request, response) => {
    const known = request.headers.apikey === KEY || request.headers.apikey === jwtFor('anon');
    const isTable = request.url?.startsWith('/rest/v1/chats');
    response.statusCode = known ? (isTable && !tables ? 404 : 200) : 401;
    response.end('{}');
  };
}

describe('a Supabase project given to npm start', () => {
  test('is taken when it answers, knows the key and has the tables', async () => {
    const url = await serve(project(true));
    expect(await open(`${url}/`)).toEqual({ url, publishableKey: KEY });
    expect((await open(url, jwtFor('anon'))).publishableKey).toBe(jwtFor('anon'));
  });

  test('that refuses strangers reading the table has it all the same', async () => {
    const url = await serve((request, response) => {
      response.statusCode = request.url?.startsWith('/rest') ? 401 : 200;
      response.end('{}');
    });
    expect((await open(url)).url).toBe(url);
  });

  test.each(['sb_secret_abc', jwtFor('service_role')])('is never built with a secret key', async (key) => {
    await expect(open('https://never-asked.example', key)).rejects.toThrow('This is a secret key');
  });

  test.each(['abc', 'a.b.c', 'sb_other_abc', jwtFor('postgres')])('needs a publishable key, not %s', async (key) => {
    await expect(open('https://never-asked.example', key)).rejects.toThrow('--key takes a publishable key');
  });

  test.each(['supabase.co', 'ftp://a.example', ''])('needs an address, not "%s"', async (url) => {
    await expect(open(url)).rejects.toThrow('--supabase takes an address');
  });

  test('that does not know the key is named', async () => {
    const url = await serve(project(true));
    await expect(open(url, 'sb_publishable_other')).rejects.toThrow(`${url} refuses this key.`);
  });

  test('without our tables says how to make them', async () => {
    const url = await serve(project(false));
    await expect(open(url)).rejects.toThrow('supabase db push');
  });

  test('that does not answer is named', async () => {
    const url = await serve(() => undefined);
    cleanUps.pop()?.();
    await expect(open(url)).rejects.toThrow(`${url} does not answer.`);
  });

  test('that is something else is named', async () => {
    const url = await serve((_request, response) => {
      response.statusCode = 404;
      response.end('not here');
    });
    await expect(open(url)).rejects.toThrow('does not answer as a Supabase project does (HTTP 404)');
  });
});
