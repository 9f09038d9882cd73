import { describe, expect, test } from 'vitest';
import { choosePicture } from './choose-picture.ts';
import { message, reply } from './fixtures.ts';
import { useLivePanel } from './live-panel.ts';
import { ANA, BEN } from './people.ts';

const panel = useLivePanel();

describe('Escape closes the innermost thing', () => {
  const closed = async () => (await panel.asked('closeOverlay')).length;

  test('[PAGE1] with nothing open it closes the overlay', async () => {
    await panel.open('chat');
    await panel.page.keyboard.press('Escape');
    expect(await closed()).toBe(1);
  });

  test('but not the side panel', async () => {
    await panel.open('chat', 'side-panel');
    await panel.page.keyboard.press('Escape');
    expect(await closed()).toBe(0);
  });

  test.each([
    ['a dialog', 'members', '.sheet'],
    ['a menu', 'composer-target', '.menu'],
    ['the mention picker', 'composer-mention', '.mention-picker'],
    ['the message to be answered', 'composer-reply', '.answered-line'],
    ['an obstacle', 'covered', '.obstacle'],
  ])('%s goes first', async (_, state, selector) => {
    await panel.open(state);
    await panel.page.waitForSelector(selector);
    await panel.page.keyboard.press('Escape');
    await panel.page.waitForFunction((gone) => document.querySelector(gone) === null, {}, selector);
    expect(await closed()).toBe(0);
    await panel.page.keyboard.press('Escape');
    expect(await closed()).toBe(1);
  });

  test('of two dialogs the upper one goes first, and the focus returns where it was', async () => {
    await panel.open('profile-edit');
    await panel.page.click('.avatar-choices button');
    await choosePicture(panel.page);
    await panel.page.keyboard.press('Escape');
    await panel.page.waitForFunction(() => document.querySelectorAll('.sheet').length === 1);
    expect(await panel.page.$eval('.sheet h2', (title) => title.textContent)).toBe('Your profile');
    expect(await panel.page.$eval('.app-screen', (screen) => (screen as HTMLElement).inert)).toBe(true);
    await panel.page.keyboard.press('Escape');
    await panel.page.waitForFunction(() => document.querySelector('.sheet') === null);
    expect(await panel.page.evaluate(() => document.activeElement?.className)).toBe('account-button');
    expect(await closed()).toBe(0);
  });
});

describe('the keyboard', () => {
  test('stays inside an open dialog', async () => {
    await panel.open('members');
    const outside = await panel.page.evaluate(() => document.querySelector('.app-screen')?.matches('[inert]'));
    expect(outside).toBe(true);
    for (let press = 0; press < 12; press++) {
      await panel.page.keyboard.press('Tab');
      const where = await panel.page.evaluate(
        () => document.activeElement?.closest('.sheet, .resize-handle, body')?.className,
      );
      expect(['sheet', 'resize-handle', '']).toContain(where);
    }
  });

  test('Ctrl+K leads to the search from a chat', async () => {
    await panel.open('chat');
    await panel.page.keyboard.down('Control');
    await panel.page.keyboard.press('k');
    await panel.page.keyboard.up('Control');
    await panel.page.waitForFunction(() => document.activeElement?.getAttribute('type') === 'search');
  });

  test('arrows walk through a menu, Enter chooses', async () => {
    await panel.open('composer-target');
    // From the one that is chosen, past the AI being off.
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('Enter');
    expect(await panel.page.$eval('.target-button', (button) => button.textContent)).toBe('People only');
    expect(await panel.isThere('.menu')).toBe(false);
  });
});

describe('what is said aloud', () => {
  const said = () => panel.page.$eval('[data-announcer]', (place) => place.textContent);

  test('a finished answer once, its pieces never', async () => {
    await panel.open('chat');
    await panel.happen({ name: 'reply', reply: reply({ text: 'So it' }) });
    await panel.happen({ name: 'reply', reply: reply({ text: 'So it is' }) });
    expect(await said()).toBe('');
    const answer = message('ai', 'So it is.', '23T14:32', { id: reply({}).messageId });
    await panel.happen({ name: 'message', message: answer });
    expect(await said()).toBe('Sideroom: So it is.');
  });

  test('messages of others, not the own ones', async () => {
    await panel.open('chat');
    await panel.happen({ name: 'message', message: message(ANA, 'Hello', '23T14:32') });
    await panel.happen({ name: 'message', message: message(BEN, 'Hello yourself', '23T14:32') });
    expect(await said()).toBe('Ana Kovač: Hello');
  });
});

test('[MSG6] links open in a new tab and tell the other side nothing', async () => {
  await panel.open('chat-long-words');
  const links = await panel.page.$$eval('.message-text a', (all) =>
    all.map((link) => [link.getAttribute('target'), link.getAttribute('rel'), new URL(link.href).protocol]),
  );
  expect(links).toHaveLength(3);
  for (const link of links)
    expect(link).toEqual(['_blank', 'noopener noreferrer nofollow', expect.stringMatching(/^https?:$/)]);
});
