import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { allowNotifications } from './support/allowed-notifications.ts';
import { launchPerson } from './support/chromium.ts';
import { startWebsite, type Website } from './support/pages.ts';
import { type PanelUser, panelUser } from './support/panel.ts';
import {
  type ApiPerson,
  createGroup,
  createPerson,
  join,
  must,
  signIn,
  type Visitor,
  visit,
} from './support/people.ts';

/** What is used of Chrome. */
interface Chrome {
  readonly notifications?: {
    getAll(): Promise<Record<string, true>>;
    readonly onClicked: { dispatch(id: string): void };
  };
  readonly action: { getBadgeText(details: object): Promise<string> };
}

describe('[NOTE1] notifications of the browser', () => {
  const product = inject('product');
  const allowed = allowNotifications(product.extensionDir);
  let website: Website;
  let ben: ApiPerson;
  let visitor: Visitor;
  let chatId: string;
  /** A document of the extension that is no panel: it sees what the worker does, and does not wake it. */
  let probe: Page;
  /** Sideroom's own window, which came of a click on a notification. */
  let window: Page;

  beforeAll(async () => {
    website = await startWebsite();
    const ana = await createPerson(product, 'Ana');
    ben = await createPerson(product, 'Ben');
    const group = await createGroup(ana, 'Reading');
    chatId = group.chatId;
    await join(ben, group.token);
    visitor = await visit(product, `${website.url}/article`, await launchPerson(allowed.path));
    await signIn(visitor.panel, ana.email);
    await visitor.panel.see('Reading');
    // From here on there is no panel.
    await visitor.page.goto('about:blank');
    probe = await visitor.person.open(`chrome-extension://${visitor.person.extension.id}/manifest.json`);
  });
  afterAll(async () => {
    await Promise.all([visitor?.person.close(), website?.stop()]);
    allowed.remove();
  });

  const sayAsBen = (body: string) =>
    must(ben.client.from('messages').insert({ id: crypto.randomUUID(), chat_id: chatId, body }));
  const standing = () =>
    probe.evaluate(async () => {
      const { chrome } = globalThis as unknown as { chrome: Chrome };
      return Object.keys((await chrome.notifications?.getAll()) ?? {});
    });
  const badge = () =>
    probe.evaluate(() => (globalThis as unknown as { chrome: Chrome }).chrome.action.getBadgeText({}));
  const click = async () =>
    (await visitor.person.worker()).evaluate((id) => {
      (globalThis as unknown as { chrome: Chrome }).chrome.notifications?.onClicked.dispatch(id);
    }, `chat:${chatId}`);
  const until = (read: () => Promise<unknown>, expected: unknown) =>
    expect.poll(read, { timeout: 40_000 }).toEqual(expected);

  /** Shows another chat than the one that Ben writes in. */
  async function leaveChat(panel: PanelUser): Promise<void> {
    await panel.see('Ben joined');
    await panel.click('New chat with the AI');
    await panel.miss('Ben joined');
  }

  test('a message is told without any panel, and counted on the toolbar button', async () => {
    await sayAsBen('who is there?');
    await until(standing, [`chat:${chatId}`]);
    await until(badge, '1');
  });

  test('a click opens the chat in a window, and reading it takes the notification away', async () => {
    window = await visitor.person.windowOf(click);
    const panel = panelUser(window, window.mainFrame());
    await panel.see('who is there?');
    await until(standing, []);
    await until(badge, '');
    await sayAsBen('in view');
    await panel.see('in view');
    expect(await standing()).toEqual([]);
  });

  test('a click leads to the window that is open, whatever it shows', async () => {
    const panel = panelUser(window, window.mainFrame());
    await leaveChat(panel);
    await sayAsBen('come back');
    await until(standing, [`chat:${chatId}`]);
    await click();
    await panel.see('come back');
    const windows = visitor.person.browser.targets().filter((each) => each.url().includes('/panel.html'));
    expect(windows).toHaveLength(1);
    await until(standing, []);
  });

  test('a worker that was ended is brought back by its alarm, and tells what came meanwhile', {
    timeout: 90_000,
  }, async () => {
    await window.close();
    expect(await standing()).toEqual([]);
    await visitor.person.endWorker();
    await sayAsBen('while it was away');
    await until(standing, [`chat:${chatId}`]);
    await until(badge, '1');
  });

  test('signing out takes everything off the screen', async () => {
    const page = await visitor.person.open(`chrome-extension://${visitor.person.extension.id}/panel.html#window`);
    const panel = panelUser(page, page.mainFrame());
    await leaveChat(panel);
    await sayAsBen('last words');
    await until(standing, [`chat:${chatId}`]);
    await panel.click('Account');
    await panel.click('Sign out', 'menuitem');
    await until(standing, []);
  });
});

test('[NOTE1] as it is installed, the extension asks for no notifications, and the settings say that they are off', async () => {
  const product = inject('product');
  const website = await startWebsite();
  const person = await createPerson(product, 'Cleo');
  const visitor = await visit(product, `${website.url}/article`);
  await signIn(visitor.panel, person.email);
  await visitor.panel.click('Account');
  await visitor.panel.click('Notifications', 'menuitem');
  await visitor.panel.see('Your browser asks you first.');
  const has = await (await visitor.person.worker()).evaluate(
    () => (globalThis as unknown as { chrome: Chrome }).chrome.notifications !== undefined,
  );
  expect(has).toBe(false);
  await visitor.person.close();
  await website.stop();
});
