import type { RealtimeClient } from '@supabase/supabase-js';
import type { AccessTokens } from './backend.ts';

/** The library supersedes a call by any later one, its own at heartbeats included; this many times in a row it will not. */
const MAX_TRIES = 5;

/**
 * Hands the present token to the socket: to the open topics, which the server judges by it, and to those joined later. When the
 * promise resolves, the token is in place; the library's own `setAuth` may resolve before, when another call came after it.
 */
export function createTokenPresenter(
  realtime: Pick<RealtimeClient, 'accessTokenValue' | 'setAuth'>,
  tokens: Pick<AccessTokens, 'current'>,
): () => Promise<void> {
  let presenting: Promise<void> | null = null;

  async function present(): Promise<void> {
    const token = await tokens.current();
    for (let tries = 0; tries < MAX_TRIES && token !== null && realtime.accessTokenValue !== token; tries++) {
      await realtime.setAuth();
    }
  }

  return () => {
    presenting ??= present().finally(() => {
      presenting = null;
    });
    return presenting;
  };
}
