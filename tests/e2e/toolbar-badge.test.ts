import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { isPanel } from './support/chromium.ts';
import { startWebsite, type Website } from './support/pages.ts';
import { panelUser } from './support/panel.ts';
import { type ApiPerson, createGroup, createPerson, join, must, type Visitor, visitInGroup } from './support/people.ts';
import { previewPage, sendShare } from './support/sharing.ts';

const PLAIN = 'Open Sideroom beside this page';
const SHARED = `${PLAIN}: 2 shares of it in your chats`;

describe('[PAGE4] the toolbar button over a page', () => {
  const product = inject('product');
  let website: Website;
  let ben: ApiPerson;
  let ana: Visitor;
  let chatId: string;

  beforeAll(async () => {
    website = await startWebsite();
    const [person, other] = await Promise.all([createPerson(product, 'Ana'), createPerson(product, 'Ben')]);
    ben = other;
    const group = await createGroup(person, 'Harbour');
    chatId = group.chatId;
    await join(ben, group.token);
    ana = await visitInGroup(product, `${website.url}/app/one`, person, 'Harbour');
  });
  afterAll(async () => {
    await Promise.all([ana?.person.close(), website?.stop()]);
  });

  /** What the button shows and says over the page in front. */
  async function button(): Promise<{ text: string; title: string }> {
    return (await ana.person.worker()).evaluate(async () => {
      const [tab] = await chrome.tabs.query({ active: true, windowType: 'normal' });
      const over = { tabId: tab?.id ?? -1 };
      const [text, title] = await Promise.all([chrome.action.getBadgeText(over), chrome.action.getTitle(over)]);
      return { text, title };
    });
  }

  const go = (page: Page, to: string) =>
    page.evaluate((address) => (globalThis as unknown as { go(to: string): void }).go(address), to);

  async function close({ page, person }: Visitor): Promise<void> {
    await person.extension.triggerAction(page);
    await expect.poll(() => page.frames().some(isPanel)).toBe(false);
  }

  test('tells how often it was shared in the person’s chats, as soon as somebody has', async () => {
    expect(await button()).toEqual({ text: '', title: PLAIN });
    for (const words of ['Once', 'Twice']) {
      await previewPage(ana.panel);
      await sendShare(ana.panel, words);
    }
    await expect.poll(button).toEqual({ text: '2', title: SHARED });
  });

  test('[PAGE5] nothing over the same page in a tab on which Sideroom was not opened', async () => {
    const beside = await ana.person.open(`${website.url}/app/one`);
    await go(beside, '/app/two');
    await go(beside, '/app/one');
    // A look that is asked for behind these has been done.
    await ana.page.bringToFront();
    await go(ana.page, '/app/two');
    await expect.poll(button).toEqual({ text: '', title: PLAIN });
    await go(ana.page, '/app/one');
    await expect.poll(button).toEqual({ text: '2', title: SHARED });
    await beside.bringToFront();
    expect(await button()).toEqual({ text: '', title: PLAIN });
    await beside.close();
    await ana.page.bringToFront();
  });

  test('[NOTE1] chats with something unread come first, and give way when they are read', async () => {
    await close(ana);
    await must(ben.client.from('messages').insert({ id: crypto.randomUUID(), chat_id: chatId, body: 'Look here' }));
    await expect.poll(button, { timeout: 10_000 }).toEqual({ text: '1', title: SHARED });
    const panel = panelUser(ana.page, await ana.person.openOverlay(ana.page));
    await panel.see('Look here');
    await expect.poll(button).toEqual({ text: '2', title: SHARED });
    ana = { ...ana, panel };
  });

  test('goes along where the page is loaded anew, and is gone where the click does not count any more', async () => {
    await close(ana);
    await ana.page.reload();
    await expect.poll(button).toEqual({ text: '2', title: SHARED });
    await ana.page.goto(`${website.url.replace('localhost', '127.0.0.1')}/article`);
    await expect.poll(button).toEqual({ text: '', title: PLAIN });
    await ana.page.goto(`${website.url}/app/one`);
    // It does not even tell what it shows.
    const address = await (await ana.person.worker()).evaluate(async () => {
      const [tab] = await chrome.tabs.query({ active: true, windowType: 'normal' });
      return tab?.url ?? 'untold';
    });
    expect(address).toBe('untold');
    expect(await button()).toEqual({ text: '', title: PLAIN });
  });

  test('without anybody signed in, it is as it always is', async () => {
    const panel = panelUser(ana.page, await ana.person.openOverlay(ana.page));
    await expect.poll(button).toEqual({ text: '2', title: SHARED });
    await panel.click('All chats');
    await panel.click('Account');
    await panel.click('Sign out', 'menuitem');
    await panel.see('Sign in');
    await expect.poll(button).toEqual({ text: '', title: PLAIN });
  });
});
