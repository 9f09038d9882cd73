import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, inject } from 'vitest';
import type { ChatEvent } from '../../lib/model/chat-view.ts';
import type { HubMessage, Params, RequestName, Result } from '../../lib/model/protocol.ts';
import { launchBrowser, look } from './browser.ts';
import type { FakeHubControl } from './fake-hub.ts';
import { BOOK_CLUB } from './fixtures.ts';

/** The panel in a real browser, over a hub that the test speaks for. */
export interface LivePanel {
  /** A new one for each test. */
  readonly page: Page;
  open(state: string, surface?: string): Promise<void>;
  /** The hub says something; resolves when the panel has painted it. */
  tell(...messages: HubMessage[]): Promise<void>;
  /** Something happens in the book club. */
  happen(...events: ChatEvent[]): Promise<void>;
  /** What the panel asked of the hub by this name. */
  asked<N extends RequestName>(name: N): Promise<Params<N>[]>;
  /** What the hub of `chat-older-quiet` was asked for. */
  answerPage(page: Result<'loadOlder'>): Promise<void>;
  composerText(): Promise<string>;
  isThere(selector: string): Promise<boolean>;
}

/** Starts what the tests of a file share, and ends it after them. */
export function useLivePanel(): LivePanel {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    page = await browser.newPage();
  });
  afterAll(() => browser?.close());

  async function tell(...messages: HubMessage[]): Promise<void> {
    await page.evaluate(async (all) => {
      const { hub } = globalThis as unknown as { hub: FakeHubControl };
      for (const each of all) hub.tell(each);
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    }, messages);
  }

  return {
    get page() {
      return page;
    },
    open: (state, surface = 'overlay') =>
      look(page, inject('gallery'), { state, scheme: 'light', width: 360, surface }),
    tell,
    happen: (...events) => tell(...events.map((event) => ({ type: 'event', chatId: BOOK_CLUB.id, event }) as const)),
    async asked<N extends RequestName>(name: N) {
      const heard = await page.evaluate(() => (globalThis as unknown as { hub: FakeHubControl }).hub.heard);
      return heard.flatMap((each) => (each.type === 'request' && each.name === name ? [each.params as Params<N>] : []));
    },
    async answerPage(answer) {
      await page.evaluate((value) => {
        (globalThis as unknown as { answerPage(value: unknown): void }).answerPage(value);
      }, answer);
      await tell();
    },
    composerText: () => page.$eval('.composer textarea', (field) => (field as HTMLTextAreaElement).value),
    isThere: async (selector) => (await page.$(selector)) !== null,
  };
}
