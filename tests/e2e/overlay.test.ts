import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { isPanel, launchPerson, type PersonBrowser, secretPanelAddress } from './support/chromium.ts';
import { startWebsite, type Website } from './support/pages.ts';
import { panelUser } from './support/panel.ts';

describe('the overlay', () => {
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

  const gone = (page: Awaited<ReturnType<PersonBrowser['open']>>) =>
    expect.poll(() => page.frames().some(isPanel)).toBe(false);

  test('[PAGE1] one click opens it without a reload, a second one closes it', async () => {
    const page = await person.open(`${website.url}/article`);
    await page.evaluate(() => Object.assign(globalThis, { stillHere: true }));
    const before = await page.evaluate(() => document.body.getBoundingClientRect().toJSON());
    await person.openOverlay(page);
    expect(await page.evaluate(() => (globalThis as { stillHere?: boolean }).stillHere)).toBe(true);
    expect(await page.evaluate(() => document.body.getBoundingClientRect().toJSON())).toEqual(before);
    await person.extension.triggerAction(page);
    await gone(page);
  });

  test('[PAGE1] Escape closes it and gives the focus back to the page', async () => {
    const page = await person.open(`${website.url}/article`);
    await page.click('#field');
    const panel = panelUser(page, await person.openOverlay(page));
    await panel.see('Sign in');
    await panel.fill('E-mail', 'x');
    await page.keyboard.press('Escape');
    await gone(page);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('field');
  });

  test('[PAGE1] the page hears none of the keys typed into it', async () => {
    const page = await person.open(`${website.url}/article`);
    const panel = panelUser(page, await person.openOverlay(page));
    await panel.fill('E-mail', 'secret@example.org');
    const heard = await page.evaluate(() => (globalThis as unknown as { keysHeard: string[] }).keysHeard);
    expect(heard).toEqual([]);
    await page.click('h1');
    await page.click('#field');
    await page.keyboard.type('ab');
    expect(await page.evaluate(() => (globalThis as unknown as { keysHeard: string[] }).keysHeard.includes('a'))).toBe(
      true,
    );
  });

  test('[PAGE1] on a page with a strict content security policy, COEP and Trusted Types it is the same', async () => {
    const page = await person.open(`${website.url}/strict`);
    const panel = panelUser(page, await person.openOverlay(page));
    await panel.see('Sign in');
    await panel.fill('E-mail', 'ana@example.org');
  });

  test('[PAGE1] a page that styles iframes with !important does not change it, and cannot learn its address', async () => {
    const page = await person.open(`${website.url}/article`);
    const frame = await person.openOverlay(page);
    await panelUser(page, frame).see('Sign in');
    expect(await frame.evaluate(() => innerWidth)).toBe(380);
    const known = await page.evaluate(() => ({
      frames: window.length,
      resources: performance.getEntriesByType('resource').filter((entry) => entry.name.includes('extension')).length,
      inside: document.querySelector('sideroom-panel')?.shadowRoot ?? null,
    }));
    expect(known).toEqual({ frames: 0, resources: 0, inside: null });
  });

  test('[PAGE1] its width is changed at the edge and remembered', async () => {
    const page = await person.open(`${website.url}/article`);
    const frame = await person.openOverlay(page);
    await panelUser(page, frame).see('Sign in');
    await frame.focus('[role="separator"]');
    for (let press = 0; press < 4; press++) await page.keyboard.press('ArrowLeft');
    const width = 380 + 4 * 16;
    await frame.waitForFunction((wanted) => innerWidth === wanted, {}, width);
    await person.extension.triggerAction(page);
    await gone(page);
    const again = await person.openOverlay(page);
    await again.waitForFunction((wanted) => innerWidth === wanted, {}, width);
  });

  test('[PAGE1] where a modal dialog of the page would make it inert, the side panel opens instead', async () => {
    const page = await person.open(`${website.url}/modal`);
    const target = await person.openSidePanel(page);
    const sidePanel = await target.asPage();
    await sidePanel.waitForFunction(() => document.body.innerText.includes('Sign in'));
    expect(page.frames().some(isPanel)).toBe(false);
  });

  test('a panel that a page framed by itself says that it was not opened by Sideroom, and does nothing', async () => {
    const opened = await person.open(`${website.url}/article`);
    await panelUser(opened, await person.openOverlay(opened)).see('Sign in');
    const address = await secretPanelAddress(opened);
    for (const hash of ['', '#window', '#side-panel', `#overlay:${crypto.randomUUID()}`]) {
      const url = `${address}${hash}`;
      const page = await person.open(`${website.url}/framer?${encodeURIComponent(url)}`);
      const framed = page.frames().find((other) => other !== page.mainFrame());
      const text = await framed?.waitForFunction(() => document.body.innerText).then((handle) => handle.jsonValue());
      expect(text).toContain('not opened by Sideroom');
      expect(text).not.toContain('Sign in');
    }
  });
});
