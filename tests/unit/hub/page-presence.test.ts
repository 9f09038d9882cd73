import { expect, test, vi } from 'vitest';
import type { Backend } from '../../../lib/data/backend.ts';
import { createPagePresence, type PagePanel } from '../../../lib/hub/page-presence.ts';
import type { HubMessage } from '../../../lib/model/protocol.ts';
import type { PageNews } from '../../../lib/model/share.ts';

const CHAT = '0199d000-0000-7000-8000-000000000001';

/** A server that knows who is on which page, and whether the person chose so. */
function setUp({ on = true, kind = 'group' } = {}) {
  const server = { on, here: {} as Record<string, readonly string[]> };
  const rpc = (name: string, { p_page: page = '', p_on }: { p_page?: string; p_on?: boolean }) => {
    if (p_on !== undefined) server.on = p_on;
    const here = (server.here[page] ?? []).map((id) => ({ user_id: id, seconds: 60 }));
    const data =
      name === 'my_page_presence' ? server.on : { on: server.on, visit: 'visit', here: server.on ? here : [] };
    return { throwOnError: () => Promise.resolve({ data }) };
  };
  const backend = { client: { rpc }, tokens: { current: async () => 'token' } } as unknown as Backend;
  const onMoved = vi.fn();
  const end = new AbortController();
  const pages = createPagePresence({
    ...{ backend, onMoved, signal: end.signal, now: () => 0 },
    isGroup: () => kind === 'group',
  });
  return { ...pages, server, onMoved, end };
}

function panelOn(page: string | null) {
  const told: (readonly string[])[] = [];
  const watching = new Set<(news: PageNews) => void>();
  const state = { page, looks: 0 };
  const panel: PagePanel = {
    host: {
      async hashPage() {
        state.looks++;
        return state.page;
      },
      onPage(listener) {
        watching.add(listener);
        return () => watching.delete(listener);
      },
    },
    post: (message: HubMessage) => message.type === 'on-page' && told.push(message.people),
  };
  return { panel, told, watching, state };
}

test('[MSG7] panels beside different pages are each told of their own, and the beat is of the last', async () => {
  const { attend, hashFor, beat, server } = setUp();
  const [tides, wrecks] = [panelOn('tides'), panelOn('wrecks')];
  server.here = { tides: ['ana'], wrecks: ['ben'] };
  attend(tides.panel, CHAT);
  await vi.waitFor(() => expect(hashFor(CHAT)).toBe('tides'));
  await beat(CHAT, { typing: false, page: 'tides' });
  expect([tides.told, wrecks.told]).toEqual([[['ana']], []]);
  attend(wrecks.panel, CHAT);
  await vi.waitFor(() => expect(hashFor(CHAT)).toBe('wrecks'));
  await beat(CHAT, { typing: false, page: 'wrecks' });
  expect([tides.told, wrecks.told]).toEqual([[['ana'], []], [['ben']]]);
  attend(wrecks.panel, null);
  expect([hashFor(CHAT), wrecks.told.at(-1)]).toEqual(['tides', []]);
});

test('[PAGE5] where it was not chosen, no page is looked at or watched; nor in a chat of one’s own', async () => {
  for (const options of [{ on: false }, { kind: 'solo' }]) {
    const { attend, hashFor, isOn } = setUp(options);
    const { panel, state, watching } = panelOn('tides');
    attend(panel, CHAT);
    await isOn(CHAT);
    await new Promise((resolve) => setImmediate(resolve));
    expect([state.looks, watching.size, hashFor(CHAT)]).toEqual([0, 0, null]);
  }
});

test('[PAGE5] a look that is under way while it is turned off comes to nothing', async () => {
  const { attend, hashFor, set, isOn, onMoved } = setUp();
  const { panel, watching } = panelOn('tides');
  let answer = (_: string) => {};
  const slow: PagePanel = {
    ...panel,
    host: {
      ...panel.host,
      hashPage: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    },
  };
  attend(slow, CHAT);
  await isOn(CHAT);
  await vi.waitFor(() => expect(watching.size).toBe(1));
  await set(CHAT, false);
  answer('tides');
  await vi.waitFor(() => expect(watching.size).toBe(0));
  expect([hashFor(CHAT), onMoved.mock.calls.length]).toEqual([null, 0]);
});

test('[PAGE5] that it was turned off elsewhere is learnt from the next beat at the latest', async () => {
  const { attend, hashFor, beat, server } = setUp();
  const { panel, told, watching } = panelOn('tides');
  server.here = { tides: ['ana'] };
  attend(panel, CHAT);
  await vi.waitFor(() => expect(hashFor(CHAT)).toBe('tides'));
  await beat(CHAT, { typing: false, page: 'tides' });
  server.on = false;
  await beat(CHAT, { typing: false, page: 'tides' });
  await vi.waitFor(() => expect(hashFor(CHAT)).toBe(null));
  expect([told, watching.size]).toEqual([[['ana'], []], 0]);
});

test('[MEM4] with the membership goes what was chosen: whoever comes back has it off', async () => {
  const { attend, hashFor, drop, server, isOn } = setUp();
  const { panel, state, watching } = panelOn('tides');
  attend(panel, CHAT);
  await vi.waitFor(() => expect(hashFor(CHAT)).toBe('tides'));
  server.on = false;
  drop(CHAT);
  expect([hashFor(CHAT), watching.size]).toEqual([null, 0]);
  const { looks } = state;
  attend(panel, CHAT);
  expect(await isOn(CHAT)).toBe(false);
  await new Promise((resolve) => setImmediate(resolve));
  expect([state.looks, hashFor(CHAT)]).toEqual([looks, null]);
});

test('the end of the workspace ends the watching', async () => {
  const { attend, end } = setUp();
  const { panel, watching } = panelOn('tides');
  attend(panel, CHAT);
  await vi.waitFor(() => expect(watching.size).toBe(1));
  end.abort();
  expect(watching.size).toBe(0);
});
