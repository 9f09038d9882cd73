import type { Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchPerson, type PersonBrowser } from './support/chromium.ts';
import { startWebsite, type Website } from './support/pages.ts';
import { panelUser } from './support/panel.ts';
import { createPerson, freshEmail, signIn } from './support/people.ts';

/** A page that lays something over the panel, or fades it out, must not make a person click what they do not see. */
describe('a panel that the page covers', () => {
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

  async function openPanel() {
    const page = await person.open(`${website.url}/article`);
    const frame = await person.openOverlay(page);
    const panel = panelUser(page, frame);
    await panel.see('Sign in');
    return { page, frame, panel };
  }

  test('does what is asked while nothing covers it', async () => {
    const { panel, frame } = await openPanel();
    await seenAs(frame, true);
    await signIn(panel, freshEmail('nobody'), 'not the password');
    await panel.see('do not go together');
  });

  test.each([
    ['covered by a layer that lets clicks through', cover],
    ['made nearly transparent', fade],
    ['pushed out of the window', push],
  ])('%s, it signs nobody in, says why and keeps what was typed', async (_, spoil) => {
    const { page, panel, frame } = await openPanel();
    await panel.fill('E-mail', 'ana@example.org');
    await panel.fill('Password', 'a password');
    await spoil(page);
    await seenAs(frame, false);
    await press(frame, 'Sign in');
    await panel.see('Something on this page covers Sideroom');
    expect(await frame.$eval('[type=email]', (field) => (field as HTMLInputElement).value)).toBe('ana@example.org');
    expect(await panel.text()).not.toContain('do not go together');
  });

  test('uncovered, it waits until a person can have looked', async () => {
    const { page, panel, frame } = await openPanel();
    await panel.fill('E-mail', freshEmail('nobody'));
    await panel.fill('Password', 'not the password');
    await cover(page);
    await seenAs(frame, false);
    await page.evaluate(() => document.querySelector('#cover')?.remove());
    // Pressed on and on: refused as covered, then as too soon, then done.
    const answers = await frame.evaluate(async () => {
      const heard = new Set<string>();
      while (!heard.has('done')) {
        document.querySelector<HTMLElement>('.button.primary[type=submit]')?.click();
        await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
        heard.add(document.querySelector('.obstacle p')?.textContent?.slice(0, 23) ?? 'done');
      }
      return [...heard];
    });
    expect(answers).toEqual(['Something on this page ', 'Sideroom has only just ', 'done']);
    await panel.see('do not go together');
  });

  test('its own dialogs and menus are no cover', async () => {
    const { email } = await createPerson(product, 'Cara');
    const { panel } = await openPanel();
    await signIn(panel, email);
    await panel.click('New group');
    await panel.fill('Name', 'Gardeners');
    await panel.click('Create group');
    await panel.see('This link works for 1 day');
    await panel.click('Close');
    await panel.click('All chats');
    await panel.click('Account');
    await panel.click('Sign out', 'menuitem');
    await panel.see('Sign in');
  });
});

async function cover(page: Page): Promise<void> {
  await page.evaluate(() => {
    const layer = document.createElement('div');
    layer.id = 'cover';
    layer.popover = 'manual';
    layer.style.cssText =
      'position: fixed; inset: 0 0 0 auto; margin: 0; border: 0; width: 380px; height: 100vh; background: white; pointer-events: none';
    document.body.append(layer);
    layer.showPopover();
  });
}

/** The overlay undoes such styles some times: pages that go on win, and are then found out. */
async function insist(page: Page, property: string, value: string): Promise<void> {
  await page.$eval(
    'sideroom-panel',
    async (host, name, wanted) => {
      const style = (host as HTMLElement).style;
      for (let kept = 0; kept < 10; kept += style.getPropertyValue(name) === wanted ? 1 : 0) {
        style.setProperty(name, wanted, 'important');
        await new Promise(requestAnimationFrame);
      }
    },
    property,
    value,
  );
}

const fade = (page: Page) => insist(page, 'opacity', '0.01');
const push = (page: Page) => insist(page, 'right', '-300px');

/** Presses a button by script: what is covered or out of the window cannot be reached by the pointer of a test. */
async function press(frame: Frame, name: string): Promise<void> {
  const button = await frame.waitForSelector(`::-p-aria([name="${name}"][role="button"])`);
  await button?.evaluate((element) => (element as HTMLElement).click());
}

/**
 * Waits until the browser reports the panel as seen in full, or not, and has had the time to tell the panel the same: it looks
 * ten times a second for each observer.
 */
async function seenAs(frame: Frame, wanted: boolean): Promise<void> {
  await frame.evaluate(
    (expected) =>
      new Promise<void>((resolve) => {
        const options = { threshold: [0, 0.98, 1], trackVisibility: true, delay: 100 } as IntersectionObserverInit;
        new IntersectionObserver((entries, observer) => {
          for (const entry of entries) {
            const { isVisible, intersectionRatio } = entry as IntersectionObserverEntry & { isVisible: boolean };
            if ((isVisible && intersectionRatio >= 0.98) !== expected) continue;
            observer.disconnect();
            const since = performance.now();
            const wait = () => (performance.now() - since > 250 ? resolve() : requestAnimationFrame(wait));
            wait();
          }
        }, options).observe(document.documentElement);
      }),
    wanted,
  );
}
