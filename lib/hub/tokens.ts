import type { Auth } from '../data/auth.ts';
import type { AccessTokens } from '../data/backend.ts';
import { readFact, writeFact } from '../data/store/facts.ts';
import type { StoredSession } from '../data/store/schema.ts';
import type { Store } from '../data/store/store.ts';
import type { IssuedSession } from '../data/wire/session.ts';
import { toFailure } from '../model/failure.ts';
import { backoff, callAfter } from './timers.ts';

/** The session of this browser. It is stored before it is used, and only here it is refreshed. */
export interface Tokens extends AccessTokens {
  /** Reads the stored session. To be called once, first; everything else waits for it. */
  restore(): Promise<StoredSession | null>;
  /** Takes over a session just issued. */
  adopt(issued: IssuedSession): Promise<StoredSession>;
  /** Forgets the session; whoever calls it takes it out of the store. */
  drop(): void;
  /** The access token as it is, good or not, without waiting. */
  peek(): string | null;
}

export interface TokensDeps {
  readonly store: Store;
  readonly auth: Auth;
  readonly signal: AbortSignal;
  now(): number;
  random(): number;
  /** The server refused the session for good: it was revoked, or has ended. */
  onRevoked(): void;
  /** A new access token is there. */
  onRenewed(): void;
}

/** An access token is replaced this long before it ends: long enough for the socket's next heartbeat. */
const MARGIN = 90_000;
/** … but tokens that live shortly are used for most of their life. */
const MARGIN_SHARE = 0.25;
const LONGEST_PAUSE = 30_000;

export function createTokens({ store, auth, signal, now, random, onRevoked, onRenewed }: TokensDeps): Tokens {
  let session: StoredSession | null = null;
  let lifetime = Number.POSITIVE_INFINITY;
  let refreshing: Promise<void> | null = null;
  let cancelTimer = () => {};
  let markRestored = () => {};
  const restored = new Promise<void>((resolve) => {
    markRestored = resolve;
  });

  const dueAt = ({ expiresAt }: StoredSession) => expiresAt - Math.min(MARGIN, lifetime * MARGIN_SHARE);

  async function keep(issued: IssuedSession): Promise<StoredSession> {
    const { accessToken, refreshToken, expiresIn, userId, email } = issued;
    lifetime = expiresIn * 1000;
    const next = { accessToken, refreshToken, userId, email, expiresAt: now() + lifetime };
    session = next;
    await writeFact(store, 'session', next);
    schedule(0);
    return next;
  }

  /** The next refresh, by itself; after failures later and later, for as long as the server is away. */
  function schedule(failures: number): void {
    cancelTimer();
    if (session === null) return;
    const wait = failures === 0 ? Math.max(0, dueAt(session) - now()) : backoff(failures + 2, random, LONGEST_PAUSE);
    // Timers hold 31 bits; a token does not live longer than that, but a wrong clock may say so.
    cancelTimer = callAfter(Math.min(wait, 2 ** 31 - 1), signal, () => {
      refresh().catch(() => schedule(failures + 1));
    });
  }

  function refresh(): Promise<void> {
    refreshing ??= refreshOnce().finally(() => {
      refreshing = null;
    });
    return refreshing;
  }

  async function refreshOnce(): Promise<void> {
    const old = session;
    if (old === null) return;
    try {
      const issued = await auth.refresh(old.refreshToken);
      // Somebody signed out, or in as somebody else, meanwhile.
      if (session !== old) return;
      await keep(issued);
      onRenewed();
    } catch (reason) {
      if (session !== old || toFailure(reason).code !== 'signed_out') throw reason;
      session = null;
      onRevoked();
    }
  }

  return {
    async restore() {
      session = await readFact(store, 'session');
      markRestored();
      schedule(0);
      return session;
    },

    async adopt(issued) {
      await restored;
      return keep(issued);
    },

    drop() {
      session = null;
      cancelTimer();
    },

    peek: () => session?.accessToken ?? null,

    async current() {
      await restored;
      if (session === null) return null;
      if (now() < dueAt(session)) return session.accessToken;
      const usable = now() < session.expiresAt;
      try {
        await refresh();
      } catch (reason) {
        // What is there still works; the server will say so if not.
        if (!usable) throw reason;
      }
      return session?.accessToken ?? null;
    },

    async renew(refused) {
      await restored;
      if (session === null || session.accessToken !== refused) return session?.accessToken ?? null;
      await refresh();
      return session?.accessToken ?? null;
    },
  };
}
