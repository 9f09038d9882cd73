import { describe, expect, test } from 'vitest';
import type { FakeHubControl } from './fake-hub.ts';
import { BOOK_CLUB, message, reply, TALK } from './fixtures.ts';
import { useLivePanel } from './live-panel.ts';
import { ANA, BEN } from './people.ts';

const panel = useLivePanel();

describe('the composer', () => {
  test('[MSG1] Enter sends, Shift+Enter breaks the line', async () => {
    await panel.open('chat');
    await panel.page.type('.composer textarea', 'one');
    await panel.page.keyboard.down('Shift');
    await panel.page.keyboard.press('Enter');
    await panel.page.keyboard.up('Shift');
    await panel.page.type('.composer textarea', 'two');
    await panel.page.keyboard.press('Enter');
    expect(await panel.asked('send')).toMatchObject([{ body: 'one\ntwo', target: 'default', chatId: BOOK_CLUB.id }]);
    expect(await panel.composerText()).toBe('');
  });

  test('[MSG1] the own message is painted in the frame after Enter, marked until it is stored', async () => {
    await panel.open('chat');
    await panel.page.type('.composer textarea', 'Here at once');
    const shown = await panel.page.evaluate(async () => {
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
    await panel.open('chat');
    await panel.page.type('.composer textarea', 'にほんご');
    await panel.page.$eval('.composer textarea', (field) => {
      field.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }),
      );
    });
    expect(await panel.asked('send')).toEqual([]);
    expect(await panel.composerText()).toBe('にほんご');
  });

  test('[MSG1] 16,001 characters are refused with the count, and stay', async () => {
    await panel.open('composer-over');
    await panel.page.focus('.composer textarea');
    await panel.page.keyboard.press('Enter');
    await panel.page.click('.send-button');
    expect(await panel.asked('send')).toEqual([]);
    expect(await panel.composerText()).toHaveLength(16_001);
    expect(await panel.page.$eval('.length-note', (note) => note.textContent)).toContain('16,001 of 16,000');
  });

  test('[MSG8] the draft goes to the hub, and what is typed survives a new view of the chat', async () => {
    await panel.open('chat');
    await panel.page.type('.composer textarea', 'half a thought');
    await panel.page.waitForFunction(() =>
      (globalThis as unknown as { hub: FakeHubControl }).hub.heard.some(
        (each) => each.type === 'request' && each.name === 'saveDraft' && each.params.text === 'half a thought',
      ),
    );
    await panel.page.evaluate(() => {
      const { hub } = globalThis as unknown as { hub: FakeHubControl };
      hub.postMessage({ type: 'request', id: 999, name: 'watch', params: { chatId: 'again' } });
    });
    await panel.happen({ name: 'message', message: message(ANA, 'meanwhile', '23T14:32') });
    expect(await panel.composerText()).toBe('half a thought');
  });

  test('[MSG5] a mention is picked by keys', async () => {
    await panel.open('chat');
    await panel.page.type('.composer textarea', 'Hello @chi');
    await panel.page.keyboard.press('Enter');
    expect(await panel.composerText()).toBe('Hello @chiara ');
    await panel.page.type('.composer textarea', '@');
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('Tab');
    expect(await panel.composerText()).toBe('Hello @chiara @ana ');
    expect(await panel.asked('send')).toEqual([]);
  });

  test('[AI2] "people only" holds for one message', async () => {
    await panel.open('composer-people');
    await panel.page.focus('.composer textarea');
    await panel.page.keyboard.press('Enter');
    await panel.page.type('.composer textarea', 'and now everybody');
    await panel.page.keyboard.press('Enter');
    expect(await panel.asked('send')).toMatchObject([{ target: 'people' }, { target: 'default' }]);
  });

  test('[MSG4] Reply leads to the text, and what is sent answers that message once', async () => {
    await panel.open('composer-reply');
    await panel.page.keyboard.press('Enter');
    await panel.page.waitForFunction(() => document.querySelector('.answered-line') === null);
    await panel.page.type('.composer textarea', 'and one more');
    await panel.page.keyboard.press('Enter');
    expect(await panel.asked('send')).toMatchObject([{ replyTo: TALK.at(-1)?.id }, { replyTo: null }]);
  });

  test('[AI5] with nothing to send the button stops the reply', async () => {
    await panel.open('chat-writing');
    await panel.page.click('.send-button');
    expect(await panel.asked('stopReply')).toEqual([{ jobId: reply({}).jobId }]);
  });
});

test('a row keeps its place from Enter to stored', async () => {
  await panel.open('chat');
  await panel.page.type('.composer textarea', 'The same row');
  await panel.page.keyboard.press('Enter');
  await panel.page.evaluate(() => {
    const row = document.querySelector('.member-message:last-child');
    Object.assign(globalThis, { row });
  });
  const [sent] = await panel.asked('send');
  await panel.happen({ name: 'message', message: message(BEN, 'The same row', '23T14:32', { id: sent?.id ?? '' }) });
  const kept = await panel.page.evaluate(() => {
    const { row } = globalThis as unknown as { row: HTMLElement };
    return { connected: row.isConnected, pending: row.dataset['pending'] };
  });
  expect(kept).toEqual({ connected: true, pending: 'false' });
});
describe('a panel that the page covers', () => {
  test('keeps the text and does not send it', async () => {
    await panel.open('covered');
    expect(await panel.asked('send')).toEqual([]);
    expect(await panel.composerText()).toBe('Hello');
  });

  test('offers the side panel instead', async () => {
    await panel.open('covered');
    await panel.page.click('.obstacle .primary');
    expect(await panel.asked('openSurface')).toEqual([{ surface: 'side-panel' }]);
    await panel.page.waitForFunction(() => document.querySelector('.obstacle') === null);
  });

  test('where covers cannot be noticed, signing in is left to the side panel', async () => {
    await panel.open('unsupported');
    expect(await panel.asked('signIn')).toEqual([]);
  });
});
