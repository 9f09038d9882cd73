import { RealtimeClient } from '@supabase/supabase-js';
import { expect, test } from 'vitest';
import { createTokenPresenter } from '../../../lib/data/token-presenter.ts';

test('a token is in place when it was presented, whatever else sets it meanwhile', async () => {
  let token = '';
  let calls = 0;
  const realtime = new RealtimeClient('ws://127.0.0.1:9', {
    params: { apikey: 'key' },
    // Later calls are answered later: whoever asked before is superseded and resolves with nothing done.
    accessToken: () => new Promise((resolve) => setTimeout(resolve, ++calls, token)),
  });
  const present = createTokenPresenter(realtime, { current: async () => token });
  for (token of ['first', 'second']) {
    const seen = Array.from({ length: 10 }, async () => {
      const presenting = present();
      // What the library does by itself at heartbeats and joins, while ours is on its way.
      setTimeout(() => void realtime.setAuth());
      await presenting;
      return realtime.accessTokenValue;
    });
    expect(await Promise.all(seen)).toEqual(seen.map(() => token));
  }
});
