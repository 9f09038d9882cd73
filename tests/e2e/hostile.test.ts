import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { CORPUS } from '../hostile/corpus.ts';
import { BEACON } from '../hostile/marks.ts';
import type { Exposure } from '../support/findings.ts';
import { type Beacon, startBeacon } from './support/beacon.ts';
import { launchPerson, type PersonBrowser } from './support/chromium.ts';
import { findStrays, type Place } from './support/containment.ts';
import { fillWithHostility, type HostileChat } from './support/hostile-chats.ts';
import { startWebsite, type Website } from './support/pages.ts';
import { createPerson, signIn, type Visitor, visit } from './support/people.ts';

const IN_CHAT: Readonly<Record<string, Place>> = {
  message: { row: '.member-message', text: '.message-text' },
  name: { row: '.member-message .message-head', text: '.message-author' },
  'file name': { row: '.member-message .attachments li', text: '.attachment-name' },
  'text of the AI': { row: '.assistant-message', text: '.message-text' },
  'page title': { row: '.sources li', text: 'a' },
};
const IN_LIST: Readonly<Record<string, Place>> = {
  title: { row: '.chat-row', text: '.chat-title bdi' },
  'last line': { row: '.chat-row', text: '.chat-line bdi' },
};

/** Every text of the corpus in every place where others' texts are shown, in the built extension with its policy and a real backend. */
describe('[MSG6] hostile texts', () => {
  const product = inject('product');
  let website: Website;
  let beacon: Beacon;
  let person: PersonBrowser;
  let visitor: Visitor;
  let chats: readonly HostileChat[];
  const dialogs: string[] = [];
  const asked: string[] = [];

  beforeAll(async () => {
    [website, beacon] = await Promise.all([startWebsite(), startBeacon()]);
    const ana = await createPerson(product, 'Ana');
    chats = await fillWithHostility(product.adminUrl, ana.id);
    person = await launchPerson(product.extensionDir, { flags: beacon.flags });
    visitor = await visit(product, `${website.url}/article`, person);
    visitor.page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      dialog.dismiss().catch(() => {});
    });
    visitor.page.on('request', (request) => asked.push(request.url()));
    await visitor.panel.frame.evaluate(() => {
      const refused: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => refused.push(event.blockedURI));
      const thrown: string[] = [];
      globalThis.addEventListener('error', (event) => thrown.push(event.message));
      Object.assign(globalThis, { refused, thrown });
    });
    await signIn(visitor.panel, ana.email);
    await visitor.panel.frame.waitForSelector('.chat-row');
  });

  afterAll(async () => {
    await Promise.all([person?.close(), website?.stop()]);
    beacon?.stop();
  });

  async function look(places: Readonly<Record<string, Place>>, found: Map<string, Exposure & { strays: string[] }>) {
    for (const [as, place] of Object.entries(places)) {
      const { texts, strays } = await visitor.panel.frame.evaluate(findStrays, place);
      const before = found.get(as) ?? { as, texts: 0, escaped: 0, strays: [] };
      found.set(as, {
        as,
        texts: before.texts + texts,
        escaped: before.escaped + strays.length,
        strays: [...before.strays, ...strays],
      });
    }
  }

  test('stay texts as titles, names, file names, page titles, messages and answers', { timeout: 180_000 }, async ({
    task,
  }) => {
    const { frame } = visitor.panel;
    const found = new Map<string, Exposure & { strays: string[] }>();
    await frame.waitForFunction((count) => document.querySelectorAll('.chat-row').length >= count, {}, CORPUS.length);
    await look(IN_LIST, found);
    for (const chat of chats) {
      await frame.waitForSelector(`[data-chat="${chat.id}"]`);
      await frame.$eval(`[data-chat="${chat.id}"]`, (row) => (row as HTMLElement).click());
      const isOpen = await frame
        .waitForFunction(
          (count) =>
            document.querySelectorAll('[data-message]').length === count &&
            document.querySelector('.sources a') !== null,
          { timeout: 15_000 },
          2 * chat.texts.length,
        )
        .then(
          () => true,
          () => false,
        );
      expect(
        isOpen,
        `the chat opens with all its messages: ${JSON.stringify(chat.texts.map((text) => text.slice(0, 30)))}`,
      ).toBe(true);
      await look(IN_CHAT, found);
      expect(
        await frame.$eval('.message-scroller', (box) => box.scrollWidth <= box.clientWidth),
        `the chat is no wider than its panel: ${chat.texts[0]}`,
      ).toBe(true);
      await visitor.panel.click('All chats');
    }
    task.meta.exposures = [...found.values()].map(({ as, texts, escaped }) => ({ as, texts, escaped }));
    expect(Object.fromEntries([...found].map(([as, { strays }]) => [as, strays.slice(0, 5)]))).toEqual(
      Object.fromEntries([...found].map(([as]) => [as, []])),
    );
    for (const [as, { texts }] of found) expect(texts, as).toBeGreaterThanOrEqual(CORPUS.length);
  });

  test('run nothing, ask for nothing, open nothing, break nothing, and leave the policy nothing to refuse', async () => {
    const { frame } = visitor.panel;
    const state = await frame.evaluate(() => ({
      wasRun: 'wasRun' in globalThis,
      refused: (globalThis as unknown as { refused: string[] }).refused,
      thrown: (globalThis as unknown as { thrown: string[] }).thrown,
    }));
    expect(state).toEqual({ wasRun: false, refused: [], thrown: [] });
    expect(dialogs).toEqual([]);
    expect(
      asked.filter((url) => !/^(?:data|blob|chrome-extension):/.test(url) && !url.startsWith(product.url)),
    ).toEqual([]);
    expect(beacon.connections).toBe(0);
    expect(person.browser.targets().filter((target) => target.url().includes('beacon'))).toEqual([]);
  });

  test('the beacon would have heard them', async () => {
    const page = await person.browser.newPage();
    await page.goto(BEACON).catch(() => {});
    expect(beacon.connections).toBeGreaterThan(0);
  });
});
