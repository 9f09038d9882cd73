import { expect, test, vi } from 'vitest';
import type { Backend } from '../../../lib/data/backend.ts';
import type { PagePanel } from '../../../lib/hub/page-presence.ts';
import { createPresence } from '../../../lib/hub/presence.ts';

const CHAT = '0199d000-0000-7000-8000-000000000001';
const panel: PagePanel = { host: { hashPage: async () => null, onPage: () => () => {} }, post: () => {} };

/** A server that answers when it is told to; what it was asked, in order. */
function setUp() {
  const asked: string[] = [];
  const answers: ((isFine?: boolean) => void)[] = [];
  const wait = (what: string) => {
    asked.push(what);
    return new Promise<{ data: null }>((resolve, reject) => {
      answers.push((isFine = true) => (isFine ? resolve({ data: null }) : reject(new Error('down'))));
    });
  };
  const rpc = (_: string, { p_here: here, p_typing: typing }: { p_here: boolean; p_typing: boolean }) => ({
    throwOnError: () => wait(here ? (typing ? 'typing' : 'here') : 'gone'),
  });
  const state = { page: null as string | null, isTold: false };
  const end = new AbortController();
  const presence = createPresence({
    ...{ userId: 'me', signal: end.signal, now: () => 0, views: { emit: () => {} } },
    backend: { client: { rpc }, tokens: { current: async () => 'token' } } as unknown as Backend,
    pages: {
      ...{ attend: () => {}, leave: () => {}, look: () => {}, forget: () => {} },
      hashFor: () => state.page,
      isTold: () => state.isTold,
      async beat(_, { page }) {
        await wait(`on ${page}`);
        state.isTold = page !== null;
      },
    },
  });
  const settle = async (isFine = true) => {
    answers.shift()?.(isFine);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { ...presence, state, settle, asked, end };
}

test('[MSG7] what is told of a chat goes out one after another, and only the last of what changed meanwhile', async () => {
  const { attend, move, state, settle, asked, end } = setUp();
  state.page = 'tides';
  attend(panel, { chatId: CHAT, typing: false });
  state.page = 'wrecks';
  move();
  state.page = null;
  move();
  expect(asked).toEqual(['on tides']);
  await settle();
  expect(asked).toEqual(['on tides', 'on null']);
  attend(panel, { chatId: null, typing: false });
  await settle();
  await vi.waitFor(() => expect(asked).toEqual(['on tides', 'on null', 'gone']));
  end.abort();
});

test('[MSG7] whoever goes while a beat fails is told to be gone', async () => {
  const { attend, settle, asked, end } = setUp();
  attend(panel, { chatId: CHAT, typing: false });
  await vi.waitFor(() => expect(asked).toEqual(['here']));
  attend(panel, { chatId: null, typing: false });
  await settle(false);
  await vi.waitFor(() => expect(asked).toEqual(['here', 'gone']));
  end.abort();
});

test('[MSG7] without a page beside it a chat is beaten for as ever', async () => {
  const { attend, settle, asked, end } = setUp();
  attend(panel, { chatId: CHAT, typing: false });
  await vi.waitFor(() => expect(asked).toEqual(['here']));
  await settle();
  attend(panel, { chatId: CHAT, typing: true });
  await vi.waitFor(() => expect(asked).toEqual(['here', 'typing']));
  end.abort();
});
