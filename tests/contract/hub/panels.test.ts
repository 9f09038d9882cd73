import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_PAGE } from '../../../lib/hub/no-page.ts';
import type { HubMessage, PanelMessage } from '../../../lib/model/protocol.ts';
import { openBrowser } from '../../support/browser.ts';
import { hears, join, makeGroup, say, type TestPerson } from '../../support/people.ts';
import { portPair } from '../../support/port-pair.ts';
import { stackUnderTest } from '../../support/stack.ts';

describe('panels of one browser', () => {
  let ana: TestPerson;
  let ben: TestPerson;
  let chatId: string;

  beforeAll(async () => {
    [ana, ben] = await Promise.all([join(stackUnderTest(), 'Ana'), join(stackUnderTest(), 'Ben')]);
    chatId = await makeGroup(ana, ben);
  });
  afterAll(() => Promise.all([ana.browser.stop(), ben.browser.stop()]));

  test('two panels and a side panel show the same, whoever of them writes', async () => {
    const panels = [ana.panel, ana.browser.openPanel('overlay'), ana.browser.openPanel('side-panel')];
    for (const panel of panels) panel.watch(chatId);
    await Promise.all(panels.map((panel) => panel.untilView(({ members }) => members.length === 2)));
    const own = say({ ...ana, panel: panels[1]! }, chatId, 'from the overlay');
    const other = say(ben, chatId, 'from Ben');
    for (const panel of panels) {
      await hears({ ...ana, panel }, own);
      await hears({ ...ana, panel }, other);
    }
    const [first, ...rest] = panels.map((panel) => panel.snapshot());
    for (const snapshot of rest) {
      expect(snapshot.view).toEqual(first?.view);
      expect(snapshot.app).toEqual(first?.app);
    }
    for (const panel of panels.slice(1)) panel.close();
  });

  test('a panel opens on the chat that was shown last, in whatever surface', async () => {
    ana.panel.watch(chatId);
    await ana.panel.untilView(() => true);
    const panel = ana.browser.openPanel('side-panel');
    expect((await panel.until(({ chatId: shown }) => shown !== null)).chatId).toBe(chatId);
    panel.close();
  });

  test('the side panel is asked for while the click still counts', async () => {
    const asked: string[] = [];
    const browser = openBrowser({
      ...stackUnderTest(),
      host: {
        async openSurface(surface) {
          asked.push(surface);
        },
      },
    });
    const [panel, hubEnd] = portPair<PanelMessage, HubMessage>();
    browser.hub.attach(hubEnd, {
      admit: async () => true,
      openSurface: async (s) => void asked.push(s),
      focus: async () => {},
      readPassage: async () => null,
      ...NO_PAGE,
      openPage: async () => {},
      takeKeys: async () => {},
      closeOverlay: async () => {},
      resizeOverlay: async () => {},
    });
    const welcomed = new Promise((resolve) => panel.onMessage(resolve));
    panel.postMessage({ type: 'hello', surface: 'overlay', pass: null });
    await welcomed;
    panel.postMessage({ type: 'request', id: 1, name: 'openSurface', params: { surface: 'side-panel' } });
    await Promise.resolve();
    expect(asked).toEqual(['side-panel']);
    await browser.stop();
  });

  test('a frame that was not admitted gets nothing and can do nothing', async () => {
    const heard: HubMessage[] = [];
    const [panel, hubEnd] = portPair<PanelMessage, HubMessage>();
    const done: string[] = [];
    ana.browser.hub.attach(hubEnd, {
      admit: async () => false,
      openSurface: async () => void done.push('open'),
      focus: async () => void done.push('focus'),
      readPassage: async () => null,
      ...NO_PAGE,
      openPage: async () => {},
      takeKeys: async () => {},
      closeOverlay: async () => void done.push('close'),
      resizeOverlay: async () => {},
    });
    const refused = new Promise<void>((resolve) => {
      panel.onMessage((message) => {
        heard.push(message);
        resolve();
      });
    });
    panel.postMessage({ type: 'request', id: 1, name: 'closeOverlay', params: {} });
    panel.postMessage({ type: 'hello', surface: 'overlay', pass: 'stolen' });
    panel.postMessage({ type: 'request', id: 2, name: 'signOut', params: {} });
    await refused;
    panel.postMessage({ type: 'request', id: 3, name: 'signOut', params: {} });
    panel.postMessage({ type: 'hello', surface: 'side-panel', pass: null });
    await hears(ana, say(ana, chatId, 'meanwhile'));
    expect(heard).toEqual([{ type: 'refused' }]);
    expect(done).toEqual([]);
    expect(ana.panel.snapshot().app?.session.name).toBe('signed-in');
  });

  test('nonsense over the port is answered where it can be, and harms nothing', async () => {
    const heard: HubMessage[] = [];
    const [panel, hubEnd] = portPair<PanelMessage, HubMessage>();
    ana.browser.hub.attach(hubEnd, {
      admit: async () => true,
      openSurface: async () => {},
      focus: async () => {},
      readPassage: async () => null,
      ...NO_PAGE,
      openPage: async () => {},
      takeKeys: async () => {},
      closeOverlay: async () => {},
      resizeOverlay: async () => {},
    });
    panel.onMessage((message) => heard.push(message));
    panel.postMessage({ type: 'hello', surface: 'window', pass: null });
    await expect.poll(() => heard[0]?.type).toBe('welcome');
    for (const nonsense of [null, 7, {}, { type: 'request' }, { type: 'hello' }]) panel.postMessage(nonsense as never);
    panel.postMessage({ type: 'request', id: 1, name: 'constructor', params: {} } as never);
    panel.postMessage({ type: 'request', id: 2, name: 'send', params: { id: 'no id' } } as never);
    await expect.poll(() => heard.filter(({ type }) => type === 'response')).toHaveLength(2);
    expect(heard.filter(({ type }) => type === 'response')).toMatchObject([
      { id: 1, ok: false, failure: { kind: 'unknown' } },
      { id: 2, ok: false, failure: { kind: 'unknown' } },
    ]);
  });
});
