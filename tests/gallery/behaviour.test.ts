import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Reply } from '../../lib/model/chat.ts';
import type { ChatEvent } from '../../lib/model/chat-view.ts';
import type { HubMessage, PanelMessage } from '../../lib/model/protocol.ts';
import { launchBrowser, look } from './browser.ts';
import type { FakeHubControl } from './fake-hub.ts';
import { BOOK_CLUB, message, reply, TALK } from './fixtures.ts';
import { ANA, BEN } from './people.ts';
import { type GalleryServer, serveGallery } from './serve.ts';

/** What the panel does with keys, scrolling and what the hub says, in a real browser. */
let server: GalleryServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  server = await serveGallery();
  browser = await launchBrowser();
});

beforeEach(async () => {
  page = await browser.newPage();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const open = (state: string) => look(page, server.url, { state, scheme: 'light', width: 360 });

/** The hub says something; resolves when the panel has painted it. */
async function tell(...messages: HubMessage[]): Promise<void> {
  await page.evaluate(async (all) => {
    const { hub } = globalThis as unknown as { hub: FakeHubControl };
    for (const each of all) hub.tell(each);
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  }, messages);
}

const happen = (...events: ChatEvent[]) =>
  tell(...events.map((event): HubMessage => ({ type: 'event', chatId: BOOK_CLUB.id, event })));

/** What the panel asked of the hub by this name. */
async function asked(name: string): Promise<unknown[]> {
  const heard = await page.evaluate(() => (globalThis as unknown as { hub: FakeHubControl }).hub.heard);
  return heard.flatMap((each: PanelMessage) => (each.type === 'request' && each.name === name ? [each.params] : []));
}

const composerText = () => page.$eval('.composer textarea', (field) => (field as HTMLTextAreaElement).value);
const isThere = async (selector: string) => (await page.$(selector)) !== null;

describe('the composer', () => {
  test('[MSG1] Enter sends, Shift+Enter breaks the line', async () => {
    await open('chat');
    await page.type('.composer textarea', 'one');
    await page.keyboard.down('Shift');
    await page.keyboard.press('Enter');
    await page.keyboard.up('Shift');
    await page.type('.composer textarea', 'two');
    await page.keyboard.press('Enter');
    expect(await asked('send')).toMatchObject([{ body: 'one\ntwo', target: 'default', chatId: BOOK_CLUB.id }]);
    expect(await composerText()).toBe('');
  });

  test('[MSG1] the own message is painted in the frame after Enter, marked until it is stored', async () => {
    await open('chat');
    await page.type('.composer textarea', 'Here at once');
    const shown = await page.evaluate(async () => {
      const field = document.querySelector('.composer textarea');
      field?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      const row = document.querySelector<HTMLElement>('.member-message:last-child');
      return { text: row?.querySelector('.message-text')?.textContent, pending: row?.dataset['pending'] };
    });
    expect(shown).toEqual({ text: 'Here at once', pending: 'true' });
  });

  test('Enter that ends the composition of a character does not send', async () => {
    await open('chat');
    await page.type('.composer textarea', 'にほんご');
    await page.$eval('.composer textarea', (field) => {
      field.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }),
      );
    });
    expect(await asked('send')).toEqual([]);
    expect(await composerText()).toBe('にほんご');
  });

  test('[MSG1] 16,001 characters are refused with the count, and stay', async () => {
    await open('composer-over');
    await page.focus('.composer textarea');
    await page.keyboard.press('Enter');
    await page.click('.send-button');
    expect(await asked('send')).toEqual([]);
    expect(await composerText()).toHaveLength(16_001);
    expect(await page.$eval('.length-note', (note) => note.textContent)).toContain('16,001 of 16,000');
  });

  test('[MSG8] the draft goes to the hub, and what is typed survives a new view of the chat', async () => {
    await open('chat');
    await page.type('.composer textarea', 'half a thought');
    await page.waitForFunction(() =>
      (globalThis as unknown as { hub: FakeHubControl }).hub.heard.some(
        (each) => each.type === 'request' && each.name === 'saveDraft' && each.params.text === 'half a thought',
      ),
    );
    await page.evaluate(() => {
      const { hub } = globalThis as unknown as { hub: FakeHubControl };
      hub.postMessage({ type: 'request', id: 999, name: 'watch', params: { chatId: 'again' } });
    });
    await happen({ name: 'message', message: message(ANA, 'meanwhile', '23T14:32') });
    expect(await composerText()).toBe('half a thought');
  });

  test('[MSG5] a mention is picked by keys', async () => {
    await open('chat');
    await page.type('.composer textarea', 'Hello @chi');
    await page.keyboard.press('Enter');
    expect(await composerText()).toBe('Hello @chiara ');
    await page.type('.composer textarea', '@');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    expect(await composerText()).toBe('Hello @chiara @ana ');
    expect(await asked('send')).toEqual([]);
  });

  test('[AI2] "people only" holds for one message', async () => {
    await open('composer-people');
    await page.focus('.composer textarea');
    await page.keyboard.press('Enter');
    await page.type('.composer textarea', 'and now everybody');
    await page.keyboard.press('Enter');
    expect(await asked('send')).toMatchObject([{ target: 'people' }, { target: 'default' }]);
  });

  test('[AI5] with nothing to send the button stops the reply', async () => {
    await open('chat-writing');
    await page.click('.send-button');
    expect(await asked('stopReply')).toEqual([{ jobId: reply({}).jobId }]);
  });
});

describe('scrolling', () => {
  const distance = () =>
    page.$eval('.message-scroller', (box) => Math.round(box.scrollHeight - box.scrollTop - box.clientHeight));
  const scrollTo = async (top: number) => {
    await page.$eval('.message-scroller', (box, wanted) => box.scrollTo(0, wanted), top);
    await page.waitForSelector('.jump-to-latest');
  };
  /** Where a row stands on the screen. */
  const topOf = (id: string) =>
    page.$eval(`[data-message="${id}"]`, (row) => Math.round(row.getBoundingClientRect().top));
  const growing = (words: number): Reply => reply({ text: 'word '.repeat(words) });

  test('[AI7] stays at the end while an answer grows', async () => {
    await open('chat');
    for (const words of [1, 40, 80, 160]) await happen({ name: 'reply', reply: growing(words) });
    expect(await distance()).toBe(0);
  });

  test('[MSG7] does not follow while the reader is further up, and leads back', async () => {
    await open('chat');
    await scrollTo(100);
    const anchor = TALK[3]?.id ?? '';
    const before = await topOf(anchor);
    for (const words of [40, 80, 160]) await happen({ name: 'reply', reply: growing(words) });
    await happen({ name: 'message', message: message(ANA, 'Look', '23T14:32') });
    expect(await topOf(anchor)).toBe(before);
    expect(await page.$eval('.jump-to-latest', (button) => button.textContent)).toBe('1 new');
    await page.click('.jump-to-latest');
    expect(await distance()).toBe(0);
    expect(await isThere('.jump-to-latest')).toBe(false);
  });

  test('[MSG8] older messages come without a jump', async () => {
    await open('chat-older-quiet');
    await scrollTo(60);
    const anchor = TALK[2]?.id ?? '';
    const before = await topOf(anchor);
    const older = Array.from({ length: 50 }, (_, index) =>
      message(ANA, `Earlier ${index}`, '20T10:00', { id: `older-${index}`, seq: -100 + index }),
    );
    await happen({ name: 'older', messages: older, hasOlder: false });
    expect(await isThere('[data-message="older-0"]')).toBe(true);
    expect(await topOf(anchor)).toBe(before);
  });

  test('[MSG8] they are asked for once while they are on their way', async () => {
    await open('chat-older-quiet');
    await scrollTo(0);
    await tell({ type: 'state', state: { connection: 'online' } });
    expect(await asked('loadOlder')).toEqual([{ chatId: BOOK_CLUB.id, beforeSeq: TALK[0]?.seq }]);
  });

  test('whoever sends goes to the end', async () => {
    await open('chat');
    await scrollTo(100);
    await page.type('.composer textarea', 'Back again');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('.jump-to-latest') === null);
    expect(await distance()).toBe(0);
  });

  test('[MSG7] what was seen is told as read, and only that', async () => {
    await open('chat-unread');
    expect(await asked('markRead')).toEqual([{ chatId: BOOK_CLUB.id, seq: TALK.at(-1)?.seq }]);
    await scrollTo(0);
    const late = message(ANA, 'Later', '23T14:32');
    await happen({ name: 'message', message: late });
    expect(await asked('markRead')).toHaveLength(1);
    await page.click('.jump-to-latest');
    await tell({ type: 'state', state: { connection: 'online' } });
    expect(await asked('markRead')).toMatchObject([{}, { seq: late.seq }]);
  });
});

describe('Escape closes the innermost thing', () => {
  const closed = async () => (await asked('closeOverlay')).length;

  test('[PAGE1] with nothing open it closes the overlay', async () => {
    await open('chat');
    await page.keyboard.press('Escape');
    expect(await closed()).toBe(1);
  });

  test('but not the side panel', async () => {
    await look(page, server.url, { state: 'chat', scheme: 'light', width: 360, surface: 'side-panel' });
    await page.keyboard.press('Escape');
    expect(await closed()).toBe(0);
  });

  test.each([
    ['a dialog', 'members', '.sheet'],
    ['a menu', 'composer-target', '.menu'],
    ['the mention picker', 'composer-mention', '.mention-picker'],
    ['an obstacle', 'covered', '.obstacle'],
  ])('%s goes first', async (_, state, selector) => {
    await open(state);
    await page.waitForSelector(selector);
    await page.keyboard.press('Escape');
    await page.waitForFunction((gone) => document.querySelector(gone) === null, {}, selector);
    expect(await closed()).toBe(0);
    await page.keyboard.press('Escape');
    expect(await closed()).toBe(1);
  });

  test('of two dialogs the upper one goes first, and the focus returns where it was', async () => {
    await open('profile-edit');
    await page.click('.avatar-choices button');
    await choosePicture();
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.querySelectorAll('.sheet').length === 1);
    expect(await page.$eval('.sheet h2', (title) => title.textContent)).toBe('Your profile');
    expect(await page.$eval('.app-screen', (screen) => (screen as HTMLElement).inert)).toBe(true);
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.querySelector('.sheet') === null);
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('account-button');
    expect(await closed()).toBe(0);
  });

  async function choosePicture(): Promise<void> {
    await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(300, 200);
      canvas.getContext('2d')?.fillRect(0, 0, 300, 200);
      const files = new DataTransfer();
      files.items.add(new File([await canvas.convertToBlob()], 'me.png', { type: 'image/png' }));
      const input = document.querySelector<HTMLInputElement>('[type=file]');
      if (input === null) throw new Error('no file field');
      input.files = files.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await page.waitForSelector('.crop-stage');
  }
});

describe('the keyboard', () => {
  test('stays inside an open dialog', async () => {
    await open('members');
    const outside = await page.evaluate(() => document.querySelector('.app-screen')?.matches('[inert]'));
    expect(outside).toBe(true);
    for (let press = 0; press < 12; press++) {
      await page.keyboard.press('Tab');
      const where = await page.evaluate(
        () => document.activeElement?.closest('.sheet, .resize-handle, body')?.className,
      );
      expect(['sheet', 'resize-handle', '']).toContain(where);
    }
  });

  test('Ctrl+K leads to the search from a chat', async () => {
    await open('chat');
    await page.keyboard.down('Control');
    await page.keyboard.press('k');
    await page.keyboard.up('Control');
    await page.waitForFunction(() => document.activeElement?.getAttribute('type') === 'search');
  });

  test('arrows walk through a menu, Enter chooses', async () => {
    await open('composer-target');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await page.$eval('.target-button', (button) => button.textContent)).toBe('People only');
    expect(await isThere('.menu')).toBe(false);
  });
});

describe('what is said aloud', () => {
  const said = () => page.$eval('[data-announcer]', (place) => place.textContent);

  test('a finished answer once, its pieces never', async () => {
    await open('chat');
    await happen({ name: 'reply', reply: reply({ text: 'So it' }) });
    await happen({ name: 'reply', reply: reply({ text: 'So it is' }) });
    expect(await said()).toBe('');
    const answer = message('ai', 'So it is.', '23T14:32', { id: reply({}).messageId });
    await happen({ name: 'message', message: answer });
    expect(await said()).toBe('Sideroom: So it is.');
  });

  test('messages of others, not the own ones', async () => {
    await open('chat');
    await happen({ name: 'message', message: message(ANA, 'Hello', '23T14:32') });
    await happen({ name: 'message', message: message(BEN, 'Hello yourself', '23T14:32') });
    expect(await said()).toBe('Ana Kovač: Hello');
  });
});

describe('a panel that the page covers', () => {
  test('keeps the text and does not send it', async () => {
    await open('covered');
    expect(await asked('send')).toEqual([]);
    expect(await composerText()).toBe('Hello');
  });

  test('offers the side panel instead', async () => {
    await open('covered');
    await page.click('.obstacle .primary');
    expect(await asked('openSurface')).toEqual([{ surface: 'side-panel' }]);
    await page.waitForFunction(() => document.querySelector('.obstacle') === null);
  });

  test('where covers cannot be noticed, signing in is left to the side panel', async () => {
    await open('unsupported');
    expect(await asked('signIn')).toEqual([]);
  });
});

test('[MSG6] links open in a new tab and tell the other side nothing', async () => {
  await open('chat-long-words');
  const links = await page.$$eval('.message-text a', (all) =>
    all.map((link) => [link.getAttribute('target'), link.getAttribute('rel'), new URL(link.href).protocol]),
  );
  expect(links).toHaveLength(3);
  for (const link of links) expect(link).toEqual(['_blank', 'noopener noreferrer', expect.stringMatching(/^https?:$/)]);
});

test('a row keeps its place from Enter to stored', async () => {
  await open('chat');
  await page.type('.composer textarea', 'The same row');
  await page.keyboard.press('Enter');
  await page.evaluate(() => {
    const row = document.querySelector('.member-message:last-child');
    Object.assign(globalThis, { row });
  });
  const [sent] = (await asked('send')) as { id: string }[];
  await happen({ name: 'message', message: message(BEN, 'The same row', '23T14:32', { id: sent?.id ?? '' }) });
  const kept = await page.evaluate(() => {
    const { row } = globalThis as unknown as { row: HTMLElement };
    return { connected: row.isConnected, pending: row.dataset['pending'] };
  });
  expect(kept).toEqual({ connected: true, pending: 'false' });
});
