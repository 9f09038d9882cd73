import type { Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { isPanel, launchPerson, type PersonBrowser } from './support/chromium.ts';
import { startWebsite, type Website } from './support/pages.ts';
import { type PanelUser, panelUser } from './support/panel.ts';

describe('[PAGE1] over a page that is in its way', () => {
  const product = inject('product');
  let website: Website;
  let person: PersonBrowser;

  beforeAll(async () => {
    website = await startWebsite();
    person = await launchPerson(product.extensionDir);
  });

  afterAll(async () => {
    await Promise.all([person?.close(), website?.stop()]);
  });

  async function openOver(path: string): Promise<{ page: Page; frame: Frame; panel: PanelUser }> {
    const page = await person.open(`${website.url}${path}`);
    const frame = await person.openOverlay(page);
    const panel = panelUser(page, frame);
    await panel.see('Sign in');
    return { page, frame, panel };
  }

  /** With the pointer and the keyboard, as a person would. */
  async function canBeUsed({ frame, panel }: { frame: Frame; panel: PanelUser }): Promise<void> {
    await panel.fill('E-mail', 'ana@example.org');
    expect(await frame.$eval('[type=email]', (field) => (field as HTMLInputElement).value)).toBe('ana@example.org');
    await panel.click('Create an account');
    await panel.see('Create account');
  }

  test.each([
    ['in a sandbox', '/sandboxed'],
    ['with layers that want to lie on top', '/on-top'],
    ['that hides and disables everything by style', '/untouchable'],
    ['that swallows keys, clicks and the wheel', '/key-thief'],
    ['made of frames in a document', '/frames'],
    ['made of a frameset', '/frameset'],
  ])('%s, the panel is seen and used like anywhere', async (_, path) => {
    const opened = await openOver(path);
    await canBeUsed(opened);
    await opened.page.close();
  });

  test('that listens to all keys, none typed into the panel is heard', async () => {
    const { page, panel } = await openOver('/key-thief');
    await panel.fill('E-mail', 'secret@example.org');
    expect(await page.evaluate(() => (globalThis as unknown as { taken: string[] }).taken)).toEqual([]);
    await page.close();
  });

  test.each([
    ['enlarged by style', '/zoomed', 1200],
    ['in a window of 320 pixels, as at a zoom of 400 %', '/article', 320],
  ])('%s, all of the panel is in the window', async (_, path, width) => {
    const page = await person.open(`${website.url}${path}`);
    await page.setViewport({ width, height: 800 });
    const frame = await person.openOverlay(page);
    await panelUser(page, frame).see('Sign in');
    const box = await page.$eval('sideroom-panel', (host) => host.getBoundingClientRect().toJSON());
    const inner = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
    expect(box.left).toBeGreaterThanOrEqual(0);
    expect(box.right).toBeLessThanOrEqual(inner.width + 1);
    expect(box.bottom).toBeLessThanOrEqual(inner.height + 1);
    expect(await frame.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.close();
  });

  test('that takes it out, it comes back with what was there', async () => {
    const { page, frame: first } = await openOver('/remover');
    await page.$eval('sideroom-panel', (host) => host.remove());
    const frame = await page.waitForFrame((each) => isPanel(each) && each !== first);
    const panel = panelUser(page, frame);
    await panel.see('Sign in');
    await canBeUsed({ frame, panel });
    await person.extension.triggerAction(page);
    await expect.poll(() => page.$('sideroom-panel')).toBeNull();
    await page.close();
  });

  test('that takes it out again and again, it opens elsewhere', async () => {
    const { page } = await openOver('/remover');
    await page.evaluate(() => {
      const { removeAt } = globalThis as unknown as { removeAt(most: number): void };
      removeAt(1_000);
      document.querySelector('sideroom-panel')?.remove();
    });
    const elsewhere = await person.browser.waitForTarget((target) =>
      /\/sidepanel\.html$|\/panel\.html#window$/.test(target.url()),
    );
    const opened = await elsewhere.asPage();
    await opened.waitForFunction(() => document.body.innerText.includes('Sign in'), { polling: 'mutation' });
    await opened.close();
    await page.close();
  });

  test('that writes itself anew, it comes back', async () => {
    const { page, frame: first } = await openOver('/article');
    await page.evaluate(() => document.documentElement.replaceWith(document.createElement('html')));
    const panel = panelUser(page, await page.waitForFrame((each) => isPanel(each) && each !== first));
    await panel.see('Sign in');
    await page.close();
  });

  test.each<[string, (host: HTMLElement) => void]>([
    ['hides it', (host) => host.style.setProperty('display', 'none', 'important')],
    ['makes it transparent', (host) => host.style.setProperty('opacity', '0.01', 'important')],
    ['moves it away', (host) => host.style.setProperty('inset', '0 -300px 0 auto', 'important')],
    ['closes its popover', (host) => host.hidePopover()],
    ['makes it inert', (host) => host.setAttribute('inert', '')],
    ['takes its styles', (host) => host.removeAttribute('style')],
  ])('that %s, it is back at once', async (_, spoil) => {
    const opened = await openOver('/article');
    await opened.page.$eval('sideroom-panel', spoil as (host: Element) => void);
    await canBeUsed(opened);
    await opened.page.close();
  });

  test('that is printed, it is not on the paper', async () => {
    const { page } = await openOver('/article');
    await page.evaluate(() => {
      const { document: page } = globalThis;
      addEventListener('beforeprint', () => {
        const host = page.querySelector('sideroom-panel') as HTMLElement;
        Object.assign(globalThis, { printed: getComputedStyle(host).display });
      });
    });
    const shown = () => page.$eval('sideroom-panel', (host) => getComputedStyle(host).display);
    await page.pdf();
    expect(await page.evaluate(() => (globalThis as { printed?: string }).printed)).toBe('none');
    await expect.poll(shown).toBe('block');
    await page.emulateMediaType('print');
    await expect.poll(shown).toBe('none');
    await page.emulateMediaType('screen');
    await expect.poll(shown).toBe('block');
    await page.close();
  });

  test('that plays a video in full screen, it waits and is there afterwards', async () => {
    const opened = await openOver('/video');
    await opened.page.click('#full');
    await opened.page.waitForFunction(() => document.fullscreenElement !== null);
    await opened.page.evaluate(() => document.exitFullscreen());
    await opened.page.waitForFunction(() => document.fullscreenElement === null);
    await opened.panel.fill('E-mail', 'ana@example.org');
    await opened.page.close();
  });
});
