import { describe, expect, test } from 'vitest';
import { useLivePanel } from './live-panel.ts';

const panel = useLivePanel();
const isGone = (selector: string) =>
  panel.page.waitForFunction((gone) => document.querySelector(gone) === null, {}, selector);

describe('[PAGE6] a panel beside a page that lets nobody in', () => {
  test('says why, offers the window, and is quiet when that was read', async () => {
    await panel.open('beside-no-entry');
    const buttons = () => panel.page.$$eval('.beside-note button', (all) => all.map(({ textContent }) => textContent));
    expect(await buttons()).toEqual(['Open in a window', 'Understood']);
    await panel.page.click('.beside-note button');
    expect(await panel.asked('openSurface')).toEqual([{ surface: 'window' }]);
    await panel.page.click('.beside-note button:last-of-type');
    await isGone('.beside-note');
    // Another page came, and it asks again.
    await panel.tell({ type: 'page', news: 'other' });
    await panel.page.waitForSelector('.beside-note');
  });

  test('does not offer the window in the window', async () => {
    await panel.open('beside-no-entry-window');
    expect(await panel.page.$$('.beside-note button')).toHaveLength(1);
  });

  test('an overlay has nothing to say of the kind', async () => {
    await panel.open('chat');
    expect(await panel.asked('whyBeside')).toEqual([]);
  });
});

describe('[PAGE1] a page that takes the keyboard', () => {
  test('wins after some tries: the panel keeps the text, says so and leads to the side panel', async () => {
    await panel.open('keys-taken');
    expect(await panel.composerText()).toBe('I think that the second paragraph');
    await panel.page.click('.obstacle .primary');
    expect(await panel.asked('openSurface')).toEqual([{ surface: 'side-panel' }]);
    await isGone('.obstacle');
  });

  test('[PAGE4] what lies on the page is looked up again when another one comes', async () => {
    await panel.open('chat-on-this-page');
    const before = (await panel.asked('pageBeside')).length;
    await panel.tell({ type: 'page', news: 'other' });
    expect((await panel.asked('pageBeside')).length).toBeGreaterThan(before);
  });
});
