import type { ElementHandle, Frame, Page } from 'puppeteer-core';
import { vi } from 'vitest';
import { buildExtension } from '../../../scripts/build-extension.ts';
import type { StackUnderTest } from '../../support/stack.ts';
import { launchFirefox } from '../support/firefox.ts';
import { type PanelUser, panelUser } from '../support/panel.ts';
import { type BrowserWindow, browserWindow } from './browser-window.ts';

/** Named by the set-up, which brings one where it can; without it the tests in Firefox are left out. */
export const firefoxPath = process.env['FIREFOX_PATH'];

/** One person's Firefox: a fresh profile with the built extension in it. */
export interface FirefoxPerson {
  readonly window: BrowserWindow;
  open(url: string): Promise<Page>;
  /** Clicks the toolbar button over this page. */
  clickAction(page: Page): Promise<void>;
  /** Opens a page and, with the toolbar button, the panel over it. */
  visit(url: string): Promise<FirefoxVisitor>;
  /** Opens the page of an invite, on which the panel opens by itself. */
  openInvite(link: string): Promise<FirefoxVisitor>;
  /** Follows a panel that says it cannot do something over a page, to Sideroom's own window. */
  followToWindow(panel: PanelUser): Promise<FirefoxVisitor>;
  close(): Promise<void>;
}

/** A page and the panel over it or, in Sideroom's own window, in it. */
export interface FirefoxVisitor {
  readonly page: Page;
  readonly panel: PanelUser;
}

/** Builds the extension for Firefox and this backend. Resolves to the folder to load. */
export function buildForFirefox({ url, publishableKey }: StackUnderTest): Promise<string> {
  return buildExtension({ supabaseUrl: url, publishableKey, browser: 'firefox', outDir: '.output-e2e' });
}

/** Starts a Firefox with the extension in `extensionDir`, its side bar closed. */
export async function launchFirefoxPerson(extensionDir: string): Promise<FirefoxPerson> {
  const browser = await launchFirefox(firefoxPath ?? '', extensionDir);
  const window = await browserWindow(browser);
  await window.closeSideBar();

  async function open(url: string): Promise<Page> {
    const page = await browser.newPage();
    await page.goto(url, { waitUntil: 'load' });
    return page;
  }

  async function clickAction(page: Page): Promise<void> {
    await page.bringToFront();
    await window.clickAction();
  }

  return {
    window,
    open,
    clickAction,
    async visit(url) {
      const page = await open(url);
      await clickAction(page);
      return panelOver(page);
    },
    openInvite: async (link) => panelOver(await open(link)),
    async followToWindow(panel) {
      const known = new Set(await browser.pages());
      await panel.click('Open the side panel');
      const find = async () => (await browser.pages()).find((page) => !known.has(page));
      const page = await vi.waitUntil(find, { timeout: PATIENCE, interval: 50 });
      return { page, panel: firefoxPanel(page, page.mainFrame()) };
    },
    close: () => browser.close(),
  };
}

/** Goes to the one chat of the list. A panel that was closed in it goes there by itself, under one's click. */
export async function openChat({ frame, composer }: PanelUser): Promise<void> {
  const arrive = async () => {
    if ((await frame.$('.composer textarea')) !== null) return true;
    const row = await frame.$('.chat-row');
    await row?.click();
    return false;
  };
  // While the frame is being loaded the driver answers with errors of its own.
  await vi.waitUntil(() => arrive().catch(() => false), { timeout: PATIENCE, interval: 100 });
  await composer();
}

/** How long a click may take to show something, in milliseconds. */
const PATIENCE = 10_000;

/** The driver does not learn the address of the panel's frame: it is the one frame of a page that has none itself. */
async function panelOver(page: Page): Promise<FirefoxVisitor> {
  const frame = await page.waitForFrame((each) => each !== page.mainFrame(), { timeout: PATIENCE });
  return { page, panel: firefoxPanel(page, frame) };
}

/** To Firefox a password field is no `textbox`, so fields are found by their labels. */
function firefoxPanel(page: Page, frame: Frame): PanelUser {
  return {
    ...panelUser(page, frame),
    async fill(label, text) {
      const field = (await frame.waitForFunction(
        (wanted) => [...document.querySelectorAll('label')].find((each) => each.textContent.trim() === wanted)?.control,
        { polling: 'mutation' },
        label,
      )) as ElementHandle<HTMLInputElement>;
      await field.click();
      await field.evaluate((element) => element.select());
      await page.keyboard.type(text);
    },
  };
}
