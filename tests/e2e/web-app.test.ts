import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchBrowser } from '../gallery/browser.ts';
import { type PanelUser, panelUser } from './support/panel.ts';
import {
  type ApiPerson,
  createGroup,
  createPerson,
  freshEmail,
  freshUsername,
  must,
  setUpProfile,
  signUp,
} from './support/people.ts';

/** A browser without the extension. */
describe('[INV6] the web app', () => {
  const product = inject('product');
  let browser: Browser;
  let page: Page;
  let panel: PanelUser;
  let ana: ApiPerson;
  let chatId: string;
  const troubles: string[] = [];

  beforeAll(async () => {
    ana = await createPerson(product, 'Ana');
    browser = await launchBrowser();
    page = await browser.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') troubles.push(message.text());
    });
    page.on('pageerror', (error) => troubles.push(String(error)));
  });
  afterAll(async () => {
    await browser?.close();
  });

  const say = (body: string) =>
    must(ana.client.from('messages').insert({ id: crypto.randomUUID(), chat_id: chatId, body, target: 'people' }));
  const saidBy = async (id: string) => {
    const rows = await must(ana.client.from('messages').select('body').eq('chat_id', chatId).eq('author_id', id));
    return (rows as { body: string }[]).map(({ body }) => body);
  };

  test('the page that a link leads to offers to go on without installing, and no server sees the token', async () => {
    const { chatId: id, token } = await createGroup(ana, 'Hikers');
    chatId = id;
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(`${product.url}/join#${token}`);
    await page.locator('#here').click();
    await page.waitForFunction(() => location.pathname === '/app/');
    panel = panelUser(page, page.mainFrame());
    await panel.see('Create an account');
    expect(
      requests.filter((url) => new URL(url).pathname.includes(token) || new URL(url).search.includes(token)),
    ).toEqual([]);
    expect(page.url()).not.toContain(token);
  });

  test('a newcomer signs up there, comes back to the preview, joins and chats', async () => {
    await signUp(panel, freshEmail('Wanda'));
    await setUpProfile(panel, 'Wanda', freshUsername('wanda'));
    await panel.see('Ana invites you to');
    await panel.click('Join');
    await panel.see('You joined');
    await say('Welcome, Wanda');
    await panel.see('Welcome, Wanda');
    await panel.say('Glad to be here');
    const { data } = await ana.client.from('members').select('user_id').eq('chat_id', chatId).neq('user_id', ana.id);
    await page.waitForFunction(() => document.querySelector('[data-pending="true"]') === null);
    expect(await saidBy(data?.[0]?.user_id)).toEqual(['Glad to be here']);
  });

  test('all tabs share one hub: the same person, the same chats, also when the first tab is closed', async () => {
    const second = await browser.newPage();
    await second.goto(`${product.url}/app/`);
    const other = panelUser(second, second.mainFrame());
    await other.see('Welcome, Wanda');
    await page.close();
    await say('Are you still there?');
    await other.see('Are you still there?');
    await other.say('Yes');
    page = second;
    panel = other;
  });

  test('offers nothing that only the extension can do', async () => {
    await page.setViewport({ width: 900, height: 700 });
    await page.locator('.account-button').click();
    const items = await page.$$eval('.menu [role=menuitem]', (all) => all.map((item) => item.textContent));
    expect(items).toEqual(['Your profile', 'Memory', 'Looking after somebody', 'Privacy and account', 'Sign out']);
  });

  test('cannot be framed, runs only its own script, and has nothing to complain about', async () => {
    const { headers } = await fetch(`${product.url}/app/`);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("script-src 'self';");
    for (const path of ['/app/../../package.json', '/app/assets/..%2f..%2fpackage.json'])
      expect((await fetch(`${product.url}${path}`)).status).toBe(404);
    expect(troubles).toEqual([]);
  });
});
