import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { isPanel } from './support/chromium.ts';
import { startWebsite, type Website } from './support/pages.ts';
import { type PanelUser, panelUser } from './support/panel.ts';
import { type ApiPerson, createGroup, createPerson, join, type Visitor, visitInGroup } from './support/people.ts';
import { choose, select } from './support/sharing.ts';

const MEDIA = new URL('../../docs/media/', import.meta.url).pathname;
const QUOTE = 'cargo that was tied to a buoy';

/** Where the panel lies over the page. */
function coloursAtTheRight(element: Element): string[] {
  const image = element as HTMLImageElement;
  const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
  const context = canvas.getContext('2d');
  context?.drawImage(image, 0, 0);
  const colours = new Set<string>();
  for (let y = 5; y < canvas.height; y += 7)
    colours.add(String([...(context?.getImageData(canvas.width - 60, y, 1, 1).data ?? [])]));
  return [...colours];
}

/** Pixels in the colour of the highlight, as they are painted. */
async function countYellow(page: Page): Promise<number> {
  const picture = await page.screenshot({ encoding: 'base64' });
  return page.evaluate(async (data) => {
    const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes]));
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    context?.drawImage(image, 0, 0);
    const pixels = context?.getImageData(0, 0, image.width, image.height).data ?? [];
    let count = 0;
    for (let at = 0; at < pixels.length; at += 4)
      if (pixels[at] === 255 && pixels[at + 1] === 216 && pixels[at + 2] === 77) count += 1;
    return count;
  }, picture);
}

const highlighted = (page: Page) =>
  page.evaluate(() => [...CSS.highlights.values()].flatMap((ranges) => [...ranges].map(String)));

describe('sharing a page', () => {
  const product = inject('product');
  let website: Website;
  let ana: Visitor;
  let ben: Visitor;
  let people: readonly [ApiPerson, ApiPerson];

  const enter = (person: ApiPerson, path: string) => visitInGroup(product, `${website.url}${path}`, person, 'Wrecks');

  beforeAll(async () => {
    website = await startWebsite();
    people = await Promise.all([createPerson(product, 'Ana'), createPerson(product, 'Ben')]);
    const { token } = await createGroup(people[0], 'Wrecks');
    await join(people[1], token);
    [ana, ben] = await Promise.all([enter(people[0], '/long?utm_source=mail'), enter(people[1], '/long')]);
  });
  afterAll(async () => {
    await Promise.all([ana?.person.close(), ben?.person.close(), website?.stop()]);
  });

  test('[PAGE2] [PAGE5] a selection is read when it is asked for, shown as it will be sent, and sent', async () => {
    await choose(ana.panel, 'Selection');
    await ana.panel.see('Nothing is selected on the page.');
    await ana.panel.click('Close');
    await select(ana.page, QUOTE);
    await choose(ana.panel, 'Selection');
    await ana.panel.frame.waitForSelector('.masked-text');
    expect(await ana.panel.frame.$eval('.masked-text', (text) => text.textContent)).toBe(QUOTE);
    expect(await ana.panel.frame.$eval('.share-address', (address) => address.textContent)).toBe(`${website.url}/long`);
    await ana.panel.see('29 characters, about 8 tokens');
    await ana.panel.click('Add to message');
    await ana.panel.frame.waitForSelector('[aria-label="Page shares of this message"] li');
    await ana.panel.say('Look at this word');
    await ben.panel.frame.waitForSelector('.share-card');
    expect(await ben.panel.frame.$eval('.share-quote', (quote) => quote.textContent)).toBe(QUOTE);
  });

  test('[PAGE3] a click on the card leads the other person’s open page to the passage and highlights it', async () => {
    expect(await highlighted(ben.page)).toEqual([]);
    const before = await ben.page.evaluate(() => document.documentElement.outerHTML.length);
    await ben.panel.click('Show on page');
    await ben.page.waitForFunction(() => scrollY > 3_000);
    expect(await highlighted(ben.page)).toEqual([QUOTE]);
    expect(await countYellow(ben.page)).toBeGreaterThan(1_000);
    expect(await ben.page.evaluate(() => document.documentElement.outerHTML.length)).toBe(before);
  });

  test('[PAGE3] where the page says it otherwise by now, the likest passage comes with a note; where it is gone, what was shared', async () => {
    const paragraph = (words: string) =>
      ben.page.evaluate((next) => {
        const found = document.querySelector('p:nth-of-type(2)');
        if (found !== null) found.textContent = next;
      }, words);
    await paragraph('Lagan is the cargo that was tied to buoys.');
    await ben.panel.click('Show on page');
    await ben.panel.see('The page has changed.');
    await ben.panel.miss('The page has changed.');
    await paragraph('Nothing of the kind.');
    await ben.panel.click('Show on page');
    await ben.panel.see('This passage is not on the page any more.');
    await ben.panel.frame.waitForSelector('.share-text');
    expect(await ben.panel.frame.$eval('.share-text', (text) => text.textContent)).toBe(QUOTE);
    await ben.panel.click('Close');
    await paragraph(`Lagan is ${QUOTE}.`);
  });

  test('[AI13] the AI quotes what was shared; the quote is checked, and a click leads to it', async () => {
    await ben.page.evaluate(() => {
      scrollTo(0, 0);
      CSS.highlights.clear();
    });
    await ana.panel.say('@ai what does the passage say about cargo?');
    await ben.panel.frame.waitForSelector('.source-quote');
    expect(await ben.panel.frame.$eval('.source-quote', (quote) => quote.textContent)).toBe(QUOTE);
    const answer = await ben.panel.frame.$eval('.assistant-message', (row) => (row as HTMLElement).innerText);
    expect(answer).toContain(`“${QUOTE}” [1]`);
    await ben.panel.frame.locator('.source-quote').click();
    await ben.page.waitForFunction(() => scrollY > 3_000);
    expect(await highlighted(ben.page)).toEqual([QUOTE]);
  });

  test('[PAGE2] a whole page, and a picture of it without the panel', async () => {
    await choose(ana.panel, 'This page');
    await ana.panel.frame.waitForSelector('.masked-text');
    await ana.panel.see('Lagan is cargo');
    await ana.panel.click('Add to message');
    await choose(ana.panel, 'Screenshot');
    const size = await ana.panel.frame
      .waitForSelector('.crop-frame img')
      .then((image) =>
        image?.evaluate((img) => (img as HTMLImageElement).decode().then(() => (img as HTMLImageElement).naturalWidth)),
      );
    expect(size).toBe(await ana.page.evaluate(() => innerWidth * devicePixelRatio));
    expect(await ana.panel.frame.$eval('.crop-frame img', coloursAtTheRight)).toEqual(['255,255,255,255']);
    // For half a second after it was out of sight nothing counts that is done in the panel.
    await ana.panel.frame.waitForFunction(() => {
      document.querySelector<HTMLElement>('.sheet footer button')?.click();
      return document.querySelector('.crop-frame') === null;
    });
    await ana.panel.say('And all of it');
    await ben.panel.see('And all of it');
    await ben.panel.frame.waitForSelector('.share-card[data-kind=article]');
    await ben.panel.frame.waitForSelector('.share-picture img');
  });

  test('[PAGE4] the list says where the page beside the panel was shared, and a click leads there', async () => {
    await ben.panel.click('All chats');
    await ben.panel.frame.waitForSelector('.page-row');
    expect(await ben.panel.frame.$eval('.page-row', (row) => (row as HTMLElement).innerText)).toContain('3 shares');
    await ben.panel.frame.locator('.page-row').click();
    await ben.panel.see('And all of it');
  });

  /** As if the person had pressed the shortcut or chosen the entry: nobody can in a browser without a screen. */
  async function ask(how: 'by shortcut' | 'by menu'): Promise<void> {
    await (await ana.person.worker()).evaluate(async (isMenu) => {
      type Dispatched = { dispatch(...args: unknown[]): void };
      // Sideroom's own window can be the one in front: it comes where the click on the toolbar fell into a navigation.
      const [tab] = await chrome.tabs.query({ active: true, windowType: 'normal' });
      const { commands, contextMenus } = chrome as unknown as Record<string, Record<string, Dispatched>>;
      if (isMenu) contextMenus?.onClicked?.dispatch({ menuItemId: 'share-selection', editable: false }, tab);
      else commands?.onCommand?.dispatch('share-selection', tab);
    }, how === 'by menu');
  }

  async function sharesPassage(panel: PanelUser): Promise<void> {
    await panel.see('Share this passage');
    await panel.frame.waitForSelector('.masked-text');
    expect(await panel.frame.$eval('.masked-text', (text) => text.textContent)).toBe(QUOTE);
    await panel.click('Cancel');
  }

  test.each(['by shortcut', 'by menu'] as const)(
    '[PAGE2] the selection is read %s, with the chat in view',
    async (how) => {
      await select(ana.page, QUOTE);
      await ask(how);
      await sharesPassage(ana.panel);
    },
  );

  test.each(['by shortcut', 'by menu'] as const)(
    '[PAGE2] where no panel is open, it is opened %s, and the selection is read for the chat that it opens on',
    async (how) => {
      await ana.person.extension.triggerAction(ana.page);
      await expect.poll(() => ana.page.frames().some(isPanel)).toBe(false);
      await select(ana.page, QUOTE);
      await ask(how);
      const panel = panelUser(ana.page, await ana.page.waitForFrame(isPanel));
      await sharesPassage(panel);
      ana = { ...ana, panel };
    },
  );

  test('[PAGE2] the browser has the entry in its menu', async () => {
    const worker = await ana.person.worker();
    // There is no way to list entries; one that is not there cannot be changed.
    const change = (id: string) =>
      worker.evaluate(
        (entry) =>
          new Promise<string>((resolve) => {
            chrome.contextMenus.update(entry, { contexts: ['selection'] }, () => {
              resolve(chrome.runtime.lastError?.message ?? 'changed');
            });
          }),
        id,
      );
    expect(await change('share-selection')).toBe('changed');
    expect(await change('another')).not.toBe('changed');
  });

  test('[PAGE3] where the page is not open, it opens at the passage', async () => {
    const elsewhere = await ben.person.open(`${website.url}/article`);
    const panel = await ben.person.openOverlay(elsewhere);
    await ben.page.close();
    await panel.locator('.share-action ::-p-text(Show on page)').click();
    const target = await ben.person.browser.waitForTarget(
      (each) => each.type() === 'page' && each.url().startsWith(`${website.url}/long`),
    );
    await (await target.page())?.waitForFunction(() => scrollY > 3_000);
  });

  test('[PAGE2] [PAGE3] [PAGE4] looks like this', async () => {
    const page = await ana.person.open(`${website.url}/article`);
    const panel = panelUser(page, await ana.person.openOverlay(page));
    await panel.composer();
    await select(page, 'one person underlined a sentence, the next one argued with it in pencil');
    await choose(panel, 'Selection');
    await panel.frame.waitForSelector('.masked-text');
    await panel.frame.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
    await page.screenshot({ path: `${MEDIA}share-preview.png` });
    await panel.click('Add to message');
    await panel.say('This is us, in the margin of a page.');
    await panel.frame.waitForSelector(
      '[data-own="true"]:not([data-pending="true"]) .share-quote ::-p-text(underlined)',
    );
    await panel.frame.locator('.member-message:last-of-type .share-action').click();
    await page.waitForFunction(() => CSS.highlights.size > 0);
    await page.evaluate(() => getSelection()?.empty());
    await page.mouse.move(600, 600);
    await page.screenshot({ path: `${MEDIA}share-highlight.png` });
    await panel.click('All chats');
    await panel.frame.waitForSelector('.page-row');
    await page.screenshot({ path: `${MEDIA}on-this-page.png` });
  });
});
