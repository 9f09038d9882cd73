import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startWebsite, type Website } from './support/pages.ts';
import { type PanelUser, panelUser } from './support/panel.ts';
import { createGroup, createPerson, type Visitor, visitInGroup } from './support/people.ts';

type Thief = Record<'steal' | 'stealByWindow' | 'stealByBlur' | 'keepStealing', () => void>;

describe('[PAGE1] over a page that takes the keyboard', () => {
  const product = inject('product');
  let website: Website;
  let ana: Visitor;

  beforeAll(async () => {
    website = await startWebsite();
    const person = await createPerson(product, 'Ana');
    await createGroup(person, 'Typing');
    ana = await visitInGroup(product, `${website.url}/article`, person, 'Typing');
  });
  afterAll(async () => {
    await Promise.all([ana?.person.close(), website?.stop()]);
  });

  async function openOver(): Promise<{ page: Page; panel: PanelUser }> {
    const page = await ana.person.open(`${website.url}/focus-thief`);
    const panel = panelUser(page, await ana.person.openOverlay(page));
    await panel.composer();
    return { page, panel };
  }

  const make = (page: Page, what: keyof Thief) =>
    page.evaluate((name) => (globalThis as unknown as Thief)[name](), what);
  const written = (panel: PanelUser) =>
    panel.frame.$eval('.composer textarea', (field) => (field as HTMLTextAreaElement).value);
  const onPage = (page: Page) => page.$eval('#field', (field) => (field as HTMLInputElement).value);
  async function clear(panel: PanelUser): Promise<void> {
    await (await panel.composer()).evaluate((field) => field.select());
    await panel.frame.evaluate(() => document.execCommand('delete'));
  }

  test.each(['steal', 'stealByWindow', 'stealByBlur'] as const)(
    'once, from under somebody’s fingers, they write on where they were: %s',
    async (how) => {
      const { page, panel } = await openOver();
      await clear(panel);
      await panel.write('before, ');
      await make(page, how);
      await panel.frame.waitForFunction(() => document.hasFocus(), { polling: 20 });
      await page.keyboard.type('after');
      expect([await written(panel), await onPage(page)]).toEqual(['before, after', '']);
      await page.keyboard.press('Enter');
      await page.close();
    },
  );

  test('again and again: the panel says so, keeps what was written and leads to where no page is in the way', async () => {
    const { page, panel } = await openOver();
    await clear(panel);
    await panel.write('kept');
    await make(page, 'keepStealing');
    await panel.see('This page keeps taking the keyboard away');
    expect(await written(panel)).toBe('kept');
    await panel.frame.locator('.obstacle .primary').click();
    const side = await (
      await ana.person.browser.waitForTarget((target) => target.url().endsWith('/sidepanel.html'))
    ).asPage();
    const elsewhere = panelUser(side, side.mainFrame());
    await elsewhere.composer();
    // Out of sight it has no animation frames.
    await side.waitForFunction(
      () => document.querySelector<HTMLTextAreaElement>('.composer textarea')?.value === 'kept',
      { polling: 50 },
    );
    await side.close();
    await page.close();
  });

  test('whoever goes to the page by a click or by Tab goes there', async () => {
    const { page, panel } = await openOver();
    await panel.write('here ');
    await page.click('#field');
    // Slow enough for a keyboard that is taken back to be missed.
    await page.keyboard.type('there and on', { delay: 30 });
    expect(await onPage(page)).toBe('there and on');
    await panel.write('and here');
    for (let press = 0; press < 60; press++) {
      if (await page.evaluate(() => document.activeElement?.id === 'field')) break;
      await page.keyboard.down('Shift');
      await page.keyboard.press('Tab');
      await page.keyboard.up('Shift');
    }
    await page.keyboard.type(', and more', { delay: 30 });
    expect(await onPage(page)).toMatch(/, and more$/);
    await panel.miss('keeps taking the keyboard');
    await clear(panel);
    await page.close();
  });
});
