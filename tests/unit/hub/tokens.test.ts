import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Auth } from '../../../lib/data/auth.ts';
import { readFact } from '../../../lib/data/store/facts.ts';
import { openStore, type Store } from '../../../lib/data/store/store.ts';
import { createTokens, type Tokens } from '../../../lib/hub/tokens.ts';
import { type FailureCode, FailureError, failure } from '../../../lib/model/failure.ts';
import { newId } from '../../../lib/model/ids.ts';

const HOUR = 3_600_000;

describe('access tokens', () => {
  let store: Store;
  let end: AbortController;
  let time: number;
  let asked: string[];
  let refuse: FailureCode | null;
  let answers: (() => void)[];
  let hold: boolean;
  let revoked: number;

  const issue = (count: number) => ({
    accessToken: `access ${count}`,
    refreshToken: `refresh ${count}`,
    expiresIn: 3600,
    userId: 'ana',
    email: 'ana@example.test',
  });

  /** Rotates refresh tokens as the server does: each is good for one refresh. */
  const auth: Pick<Auth, 'refresh'> = {
    async refresh(refreshToken) {
      asked.push(refreshToken);
      if (hold) await new Promise<void>((resolve) => answers.push(resolve));
      if (refuse !== null) throw new FailureError(failure(refuse));
      return issue(asked.length);
    },
  };

  function create(): Tokens {
    return createTokens({
      ...{ store, signal: end.signal, random: () => 0.5, now: () => time },
      auth: auth as Auth,
      onRevoked: () => revoked++,
      onRenewed: () => {},
    });
  }

  beforeEach(() => {
    store = openStore(newId());
    end = new AbortController();
    [time, asked, refuse, answers, hold, revoked] = [1_000_000, [], null, [], false, 0];
  });
  afterEach(async () => {
    end.abort();
    await store.close();
  });

  test('a session is stored before it is used, and taken up again', async () => {
    const tokens = create();
    expect(await tokens.restore()).toBe(null);
    expect(await tokens.current()).toBe(null);
    await tokens.adopt(issue(0));
    expect(await tokens.current()).toBe('access 0');
    expect((await readFact(store, 'session'))?.refreshToken).toBe('refresh 0');
    const later = create();
    expect((await later.restore())?.userId).toBe('ana');
    expect(await later.current()).toBe('access 0');
    expect(asked).toEqual([]);
  });

  test('nobody gets a token before the stored one is known', async () => {
    const before = create();
    await before.restore();
    await before.adopt(issue(0));
    const tokens = create();
    const early = tokens.current();
    await tokens.restore();
    expect(await early).toBe('access 0');
  });

  test('whoever asks while it is being refreshed waits for the same refresh', async () => {
    const tokens = create();
    await tokens.restore();
    await tokens.adopt(issue(0));
    time += HOUR;
    const all = await Promise.all([tokens.current(), tokens.current(), tokens.renew('access 0'), tokens.current()]);
    expect(all).toEqual(['access 1', 'access 1', 'access 1', 'access 1']);
    expect(asked).toEqual(['refresh 0']);
    expect(await tokens.renew('access 0')).toBe('access 1');
    expect(asked).toHaveLength(1);
  });

  test('while the server is away a token that still works is used, and one that does not is not', async () => {
    const tokens = create();
    await tokens.restore();
    await tokens.adopt(issue(0));
    refuse = 'unreachable';
    time += HOUR - 30_000;
    expect(await tokens.current()).toBe('access 0');
    time += 31_000;
    await expect(tokens.current()).rejects.toMatchObject({ failure: { code: 'unreachable' } });
    refuse = null;
    expect(await tokens.current()).toBe(`access ${asked.length}`);
    expect(revoked).toBe(0);
  });

  test('a session that the server refuses has ended, once', async () => {
    const tokens = create();
    await tokens.restore();
    await tokens.adopt(issue(0));
    refuse = 'signed_out';
    time += HOUR;
    expect(await Promise.all([tokens.current(), tokens.current()])).toEqual([null, null]);
    expect(revoked).toBe(1);
    expect(await tokens.renew('access 0')).toBe(null);
    expect(asked).toHaveLength(1);
  });

  test('a refresh that comes in after somebody else signed in changes nothing', async () => {
    const tokens = create();
    await tokens.restore();
    await tokens.adopt(issue(0));
    hold = true;
    time += HOUR;
    const waiting = tokens.current();
    await expect.poll(() => answers).toHaveLength(1);
    await tokens.adopt({ ...issue(7), userId: 'ben' });
    answers[0]!();
    expect(await waiting).toBe('access 7');
    expect((await readFact(store, 'session'))?.userId).toBe('ben');
    tokens.drop();
    expect(await tokens.current()).toBe(null);
  });
});
