import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { FailureError, failure } from '../model/failure.ts';
import { classify } from './classify.ts';
import type { Database } from './database.types.ts';
import { createFetch, type FetchOptions, refuseOverload, refusesToken } from './fetch.ts';
import { socketsUntil } from './sockets.ts';
import { createTokenPresenter } from './token-presenter.ts';

/** Where access tokens come from. Whoever implements it is the only one that refreshes them. */
export interface AccessTokens {
  /** A token that is good for a while; null when nobody is signed in. Rejects with `unreachable` when none can be had. */
  current(): Promise<string | null>;
  /** Another token than the one the server has just refused. */
  renew(refused: string): Promise<string | null>;
}

export interface BackendOptions extends FetchOptions {
  readonly url: string;
  readonly publishableKey: string;
  readonly tokens: AccessTokens;
  /** Milliseconds until the socket is tried again. */
  reconnectDelay(tries: number): number;
}

/** The project's Supabase as one signed-in person sees it: tables, functions, storage and the one socket. */
export interface Backend {
  readonly client: SupabaseClient<Database>;
  readonly tokens: AccessTokens;
  /**
   * A request to a path of the project's own, in the caller's name, with as long as a large body may take. Rejects with a
   * FailureError where no answer came; what the answer says is the caller's to read.
   */
  transfer(path: string, init: RequestInit): Promise<Response>;
  /** Makes the socket use the present token; resolves when it does. */
  presentToken(): Promise<void>;
}

const HEARTBEAT = 25_000;
/** What the largest part of a file may take on a slow line, in milliseconds. */
const TRANSFER_TIMEOUT = 180_000;

export function createBackend({ url, publishableKey, tokens, reconnectDelay, ...options }: BackendOptions): Backend {
  const client = createClient<Database>(url, publishableKey, {
    accessToken: () => tokens.current(),
    db: { retry: false },
    global: { fetch: renewOnce(tokens, createFetch(options)) },
    realtime: {
      heartbeatIntervalMs: HEARTBEAT,
      reconnectAfterMs: reconnectDelay,
      transport: socketsUntil(options.signal),
    },
  });
  options.signal.addEventListener('abort', () => {
    // Without a word to the server, which may not answer: a closed socket has left all topics.
    for (const channel of client.getChannels()) channel.teardown();
    void client.realtime.disconnect();
  });
  const transferFetch = renewOnce(tokens, createFetch({ ...options, timeout: TRANSFER_TIMEOUT }));

  async function transfer(path: string, init: RequestInit): Promise<Response> {
    const token = await tokens.current();
    if (token === null) throw new FailureError(failure('signed_out'));
    const headers = new Headers(init.headers);
    headers.set('apikey', publishableKey);
    headers.set('authorization', `Bearer ${token}`);
    return transferFetch(new URL(path, url), { ...init, headers });
  }

  return { client, tokens, transfer, presentToken: createTokenPresenter(client.realtime, tokens) };
}

/** Awaits a query; whatever goes wrong becomes a FailureError. `orElse` looks at the failure's SQLSTATE first. */
export async function run<T>(
  backend: Backend,
  query: () => PromiseLike<{ data: T }>,
  orElse?: (code: string) => T | undefined,
): Promise<T> {
  try {
    if ((await backend.tokens.current()) === null) throw new FailureError(failure('signed_out'));
    return (await query()).data;
  } catch (thrown) {
    const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? String(thrown.code) : '';
    const instead = orElse?.(code);
    if (instead !== undefined) return instead;
    throw new FailureError(classify(thrown));
  }
}

/** A refused token is replaced and the request repeated, once: clocks differ, and keys are rotated. */
function renewOnce(tokens: AccessTokens, inner: typeof fetch): typeof fetch {
  return async (input, init) => {
    const response = await inner(input, init);
    refuseOverload(response);
    const headers = new Headers(init?.headers);
    const refused = headers.get('authorization')?.replace(/^Bearer /, '');
    if (refused === undefined || !(await refusesToken(response))) return response;
    const token = await tokens.renew(refused);
    if (token === null || token === refused) return response;
    await response.body?.cancel();
    headers.set('authorization', `Bearer ${token}`);
    const again = await inner(input, { ...init, headers });
    refuseOverload(again);
    return again;
  };
}
