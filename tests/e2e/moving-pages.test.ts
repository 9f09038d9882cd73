import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { isPanel } from './support/chromium.ts';
import { startWebsite, type Website } from './support/pages.ts';
import { type PanelUser, panelUser } from './support/panel.ts';
import { createGroup, createPerson, type Visitor, visitInGroup } from './support/people.ts';
import { choose, previewPage, sendShare } from './support/sharing.ts';

/** What `go` and `become` are on the page of the app. */
type App = Record<'go' | 'become', (to: string) => void>;

describe('[PAGE6] a page that moves on under the panel', () => {
  const product = inject('product');
  let website: Website;
  let ana: Visitor;

  beforeAll(async () => {
    website = await startWebsite();
    const person = await createPerson(product, 'Ana');
    await createGroup(person, 'Harbour');
    ana = await visitInGroup(product, `${website.url}/app/one`, person, 'Harbour');
  });
  afterAll(async () => {
    await Promise.all([ana?.person.close(), website?.stop()]);
  });

  const go = (page: Page, how: keyof App, to: string) =>
    page.evaluate((name, address) => (globalThis as unknown as App)[name](address), how, to);

  /** What the chat's head says of the page. */
  const seesShares = (panel: PanelUser, words: string) =>
    panel.frame.waitForSelector(`[aria-label="${words} of this page: show the latest"]`);
  const seesNone = (panel: PanelUser) =>
    panel.frame.waitForFunction(() => document.querySelector('.page-badge') === null, { polling: 'mutation' });

  async function overlayOf(page: Page, before?: PanelUser): Promise<PanelUser> {
    return panelUser(page, await page.waitForFrame((each) => isPanel(each) && each !== before?.frame));
  }

  test('it stays over an app that goes on, back and forward, and what it says of the page goes along', async () => {
    const { page, panel } = ana;
    expect(await previewPage(panel)).toBe(`${website.url}/app/one`);
    await sendShare(panel, 'The first page');
    await seesShares(panel, '1 share');

    await go(page, 'go', '/app/two');
    await seesNone(panel);
    // What the first page declared still stands in the head.
    expect(await previewPage(panel)).toBe(`${website.url}/app/two`);
    const preview = await panel.frame.$eval('.sheet', (sheet) => (sheet as HTMLElement).innerText);
    expect(preview).toContain('a page of the harbour that was never loaded');
    expect(preview).not.toContain('Who wrote page one');
    await sendShare(panel, 'The second page');
    await seesShares(panel, '1 share');

    await page.goBack();
    await page.waitForFunction(() => location.pathname === '/app/one');
    await panel.see('The second page');
    await seesShares(panel, '1 share');
    await go(page, 'become', '/app/three');
    await seesNone(panel);
    await page.goForward();
    await seesShares(panel, '1 share');
    expect(page.frames().filter(isPanel)).toEqual([panel.frame]);
  });

  test('loaded anew, it comes back with the chat and the draft, and leaves the keyboard to the page', async () => {
    const { page, panel } = ana;
    await panel.write('not sent yet');
    await page.reload();
    const back = await overlayOf(page, panel);
    const field = await back.composer();
    await back.frame.waitForFunction((composer) => composer.value === 'not sent yet', {}, field);
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('body');
    await seesShares(back, '1 share');
    // Whoever comes to it writes as ever, and a click on the button closes it.
    await back.write(', but now');
    await back.frame.waitForFunction((composer) => composer.value === 'not sent yet, but now', {}, field);
    await ana.person.extension.triggerAction(page);
    await expect.poll(() => page.frames().some(isPanel)).toBe(false);
    await page.reload();
    ana = { ...ana, panel: panelUser(page, await ana.person.openOverlay(page)) };
  });

  test('[PAGE5] another page of the same site gets nothing; gone back to, the one on which it stood has it again', async () => {
    const { page, panel } = ana;
    await page.goto(`${website.url}/article`);
    expect(await page.$('sideroom-panel')).toBeNull();
    await page.goBack();
    const back = await overlayOf(page, panel);
    await back.composer();
    await back.say('Back again');
    await back.frame.waitForSelector('[data-own="true"]:not([data-pending="true"]) ::-p-text(Back again)');
    ana = { ...ana, panel: back };
  });

  test('where it was closed, it stays closed', async () => {
    const { page, person } = ana;
    await page.goto(`${website.url}/article`);
    await person.openOverlay(page);
    await person.extension.triggerAction(page);
    await expect.poll(() => page.frames().some(isPanel)).toBe(false);
    await page.goBack();
    // A panel that is opened now is the first one there.
    ana = { ...ana, panel: panelUser(page, await person.openOverlay(page)) };
    await ana.panel.composer();
    expect(await page.$$('sideroom-panel')).toHaveLength(1);
  });

  test('one that the browser kept in its memory gets a new panel for the one that lost its line', async () => {
    const { page, panel } = ana;
    // Chromium keeps no page with a panel in it; others say this when they show it again.
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
    const back = await overlayOf(page, panel);
    await back.composer();
    expect(await page.$$('sideroom-panel')).toHaveLength(1);
    ana = { ...ana, panel: back };
  });
});

describe('[PAGE6] a page that lets nobody in', () => {
  const product = inject('product');
  let website: Website;
  let ana: Visitor;

  beforeAll(async () => {
    website = await startWebsite();
    const person = await createPerson(product, 'Ana');
    await createGroup(person, 'Outside');
    ana = await visitInGroup(product, `${website.url}/article`, person, 'Outside');
  });
  afterAll(async () => {
    await Promise.all([ana?.person.close(), website?.stop()]);
  });

  const NO_ENTRY = 'The browser lets no extension into this page';

  /** Clicks on the button there; the side panel, as a page to be driven. */
  async function openSide(page: Page): Promise<PanelUser> {
    const side = await (await ana.person.openSidePanel(page)).asPage();
    const panel = panelUser(side, side.mainFrame());
    await panel.see('Outside');
    return panel;
  }

  test.each([
    ['the browser’s settings', () => ana.person.open('chrome://settings/')],
    ['one that stands in its own address', () => ana.person.open('data:text/html,<h1>Data</h1>')],
  ])('%s: the side panel opens, says why and offers the window', async (_, open) => {
    const page = await open();
    const panel = await openSide(page);
    await panel.see(NO_ENTRY);
    // What is asked of the page fails with a sentence, too.
    await panel.composer();
    await choose(panel, 'This page');
    await panel.see('The browser lets no extension read this page.');
    await panel.click('Close');
    const window = await ana.person.windowOf(() => panel.click('Open in a window'));
    await panelUser(window, window.mainFrame()).see('Outside');
    await window.close();
    // Over another page the sentence has nothing to say.
    await ana.page.bringToFront();
    await panel.miss(NO_ENTRY);
    await page.close();
  });

  test('one with a dialog over it: the side panel says so', async () => {
    const page = await ana.person.open(`${website.url}/modal`);
    const panel = await openSide(page);
    // The side panel was open already, so nobody notices a click that fell into the loading of the page.
    const words = 'A dialog or full screen of this page would lie over Sideroom';
    const isSaid = (wanted: string) => document.body.innerText.includes(wanted);
    for (let attempt = 0; attempt < 3; attempt++) {
      const options = { polling: 'mutation', timeout: 5_000 } as const;
      const seen = await panel.frame.waitForFunction(isSaid, options, words).catch(() => null);
      if (seen !== null) break;
      await ana.person.extension.triggerAction(page);
    }
    await panel.see(words);
    await panel.click('Understood');
    await panel.miss('A dialog or full screen');
    await page.close();
  });

  test('a PDF: the panel lies over it, says why it is not read, and takes a picture of it', async () => {
    const page = await ana.person.open(`${website.url}/paper.pdf`);
    // The driver can lose a frame that comes together with those of the browser's viewer.
    await page.waitForFrame((each) => each !== page.mainFrame() && each.url() === page.url());
    const panel = panelUser(page, await ana.person.openOverlay(page));
    await panel.composer();
    await choose(panel, 'This page');
    await panel.see('PDFs cannot be read where the browser shows them.');
    await panel.click('Close');
    await panel.write('about this paper');
    await choose(panel, 'Screenshot');
    await panel.frame.waitForSelector('.crop-frame img');
    await panel.see(`${website.url}/paper.pdf`);
    await page.close();
  });
});
