import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { temporaryFolder } from '../../support/folders.ts';
import { startWebsite, type Website } from '../support/pages.ts';
import { freshEmail, freshUsername, setUpProfile, signUp } from '../support/people.ts';
import { PLACE, photoWithPlace } from '../support/photo.ts';
import {
  buildForFirefox,
  type FirefoxPerson,
  type FirefoxVisitor,
  firefoxPath,
  launchFirefoxPerson,
  openChat,
} from './person.ts';

const TITLE = 'Reading room';

/** Two people with Firefox and the AI in one group: each test goes on where the one before it ended. */
describe.skipIf(firefoxPath === undefined)('the journey in Firefox', () => {
  const product = inject('product');
  const folder = temporaryFolder();
  let website: Website;
  let ana: FirefoxVisitor;
  let ben: FirefoxVisitor;
  let anasWindow: FirefoxVisitor;
  let anasFirefox: FirefoxPerson;
  let bensFirefox: FirefoxPerson;
  let link: string;

  beforeAll(async () => {
    website = await startWebsite();
    const extensionDir = await buildForFirefox(product);
    [anasFirefox, bensFirefox] = await Promise.all([
      launchFirefoxPerson(extensionDir),
      launchFirefoxPerson(extensionDir),
    ]);
  });

  afterAll(async () => {
    await Promise.all([anasFirefox?.close(), bensFirefox?.close(), website?.stop()]);
    folder.remove();
  });

  const seePanelGone = (page: Page) => expect.poll(() => page.frames().length).toBe(1);

  test('[PAGE1] the toolbar button opens the panel over a page, and closes it', async () => {
    const { page, panel } = await anasFirefox.visit(`${website.url}/article`);
    await panel.see('Sign in');
    expect(await panel.frame.evaluate(() => innerWidth)).toBe(380);
    expect(await page.evaluate(() => window.length)).toBe(0);
    await anasFirefox.clickAction(page);
    await seePanelGone(page);
  });

  test('over a page, where it cannot tell whether it is covered, it signs nobody up, and leads to a window of its own', async () => {
    ana = await anasFirefox.visit(`${website.url}/article`);
    await signUp(ana.panel, 'ana@example.org');
    await ana.panel.see('a page could hide what you click here');
    expect(await ana.page.evaluate(() => (globalThis as unknown as { keysHeard: string[] }).keysHeard)).toEqual([]);
    anasWindow = await anasFirefox.followToWindow(ana.panel);
    await anasWindow.panel.see('Sign in');
  });

  test('[INV8] a newcomer signs up there with a password, sets up a profile, and is signed in over the page too', async () => {
    await signUp(anasWindow.panel, freshEmail('Ana'));
    await setUpProfile(anasWindow.panel, 'Ana Ruiz', freshUsername('ana'));
    for (const { panel } of [anasWindow, ana]) await panel.see('New group');
  });

  test('[CHAT1] a person starts a group and gets a link for it', async () => {
    const { page, panel } = anasWindow;
    await panel.click('New group');
    await panel.fill('Name', TITLE);
    await panel.click('Create group');
    await panel.see(`Invite to ${TITLE}`);
    const field = await panel.frame.waitForFunction(
      () => document.querySelector<HTMLInputElement>('[aria-label="Invite link"]')?.value,
      { polling: 'mutation' },
    );
    link = (await field.jsonValue()) as string;
    expect(link).toMatch(/\/join#[A-Za-z0-9_-]{22}$/);
    await page.close();
    await openChat(ana.panel);
  });

  test('[INV6] the link opened in another Firefox opens the panel on the preview, and a newcomer joins by it', async () => {
    ben = await bensFirefox.openInvite(link);
    await ben.panel.see(TITLE);
    await signUp(ben.panel, 'ben@example.org');
    const { page, panel } = await bensFirefox.followToWindow(ben.panel);
    await panel.see(TITLE);
    await signUp(panel, freshEmail('Ben'));
    await setUpProfile(panel, 'Ben Okafor', freshUsername('ben'));
    await panel.see('Ana Ruiz invites you to');
    await panel.click('Join');
    await panel.see('You joined');
    await ana.panel.see('Ben Okafor joined');
    await page.close();
    ben = await bensFirefox.visit(`${website.url}/article`);
    await openChat(ben.panel);
  });

  test('[MSG1] [MSG3] both chat live', async () => {
    await ana.panel.say('Hello Ben');
    await ben.panel.see('Hello Ben');
    await ben.panel.say('Hello Ana');
    await ana.panel.see('Hello Ana');
  });

  test('[AI1] [AI7] a mention is answered in words that appear as they come, for both', async () => {
    await ana.panel.say('@ai count to 60');
    const partial = ({ panel }: FirefoxVisitor) =>
      panel.frame.waitForFunction(
        () => (document.querySelector('[data-state="writing"]')?.textContent ?? '').length > 30,
        { polling: 'mutation' },
      );
    await Promise.all([partial(ana), partial(ben)]);
    for (const { panel } of [ana, ben]) {
      await panel.frame.waitForSelector('[data-state="complete"]');
      await panel.see('Practice assistant');
    }
  });

  test('[AI5] anyone stops a running answer; what stood on the screen is kept', async () => {
    await ana.panel.say('@ai count to 500');
    await ben.panel.frame.waitForFunction(
      () => (document.querySelector('[data-state="writing"]')?.textContent ?? '').length > 40,
      { polling: 'mutation' },
    );
    await ben.panel.click('Stop the answer');
    for (const { panel } of [ana, ben]) await panel.see('Stopped here.');
  });

  test('[MSG9] a photo goes out without its place, and is shown to both', async () => {
    const photo = await photoWithPlace(ana.page);
    expect(photo.includes(PLACE)).toBe(true);
    const path = join(folder.path, 'holiday.jpg');
    writeFileSync(path, photo);
    const input = (await ana.panel.frame.$('.composer input[type=file]')) as ElementHandle<HTMLInputElement>;
    await input.uploadFile(path);
    await ana.panel.frame.waitForSelector('.staged-file[data-state=ready]');
    await ana.panel.frame.locator('.send-button').click();
    for (const { panel } of [ana, ben]) {
      await panel.frame.waitForFunction(
        () => document.querySelector<HTMLImageElement>('.attachment-picture img')?.naturalHeight === 60,
      );
    }
  });

  test('[MSG4] any emoji is found and given, and the other sees it', async () => {
    const { frame } = ana.panel;
    await frame.hover('.member-message');
    await frame.locator('.member-message:hover [aria-label=React]').click();
    await frame.locator('[aria-label="All emoji"]').click();
    await frame.waitForSelector('.emoji-cells');
    await frame.type('.emoji-search', 'octopus');
    await (await frame.waitForSelector('.emoji[aria-label*=octopus]'))?.click();
    await frame.waitForSelector('.reaction[aria-pressed=true]');
    await ben.panel.see('🐙');
  });

  test('[PAGE1] over a page with a strict content security policy, COEP and Trusted Types it is the same', async () => {
    const visitor = await anasFirefox.visit(`${website.url}/strict`);
    await openChat(visitor.panel);
    await visitor.panel.say('Hello from a strict page');
    await ben.panel.see('Hello from a strict page');
    await anasFirefox.clickAction(visitor.page);
    await seePanelGone(visitor.page);
  });

  test('[MEM4] a removed person is out at once: the chat is gone from their panel, and nothing more arrives', async () => {
    await ana.page.bringToFront();
    await ana.panel.click('People in this group');
    await ana.panel.click('Remove Ben Okafor');
    await ana.panel.click('Remove');
    const { page, panel } = await anasFirefox.followToWindow(ana.panel);
    await openChat(panel);
    await panel.click('People in this group');
    await panel.click('Remove Ben Okafor');
    await panel.click('Remove');
    await ben.panel.miss(TITLE);
    await page.close();
    ana = await anasFirefox.visit(`${website.url}/article`);
    await openChat(ana.panel);
    await ana.panel.say('only for those who stay');
    await ana.panel.see('only for those who stay');
    expect(await ben.panel.text()).not.toContain('only for those who stay');
  });
});
