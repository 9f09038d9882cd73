import { describe, expect, test } from 'vitest';
import { BOOK_CLUB, message } from './fixtures.ts';
import { useLivePanel } from './live-panel.ts';
import { ANA, EMIL, WILHELMINA } from './people.ts';

const panel = useLivePanel();
const field = '.edit-form textarea';

describe('reactions', () => {
  test('[MSG4] a click joins a reaction or takes one’s own back, at once', async () => {
    await panel.open('message-reactions');
    const pressed = () =>
      panel.page.$$eval('.reaction[aria-pressed]', (all) =>
        all.map((button) => `${button.textContent} ${button.getAttribute('aria-pressed')}`),
      );
    expect((await pressed()).slice(0, 2)).toEqual(['👍2 true', '🌊1 false']);
    await panel.page.click('.reaction[aria-pressed=true]');
    await panel.page.click('.reaction[aria-pressed=false]:nth-child(2)');
    expect((await pressed()).slice(0, 2)).toEqual(['👍1 false', '🌊2 true']);
    expect(await panel.asked('setReaction')).toMatchObject([
      { chatId: BOOK_CLUB.id, emoji: '👍', on: false },
      { chatId: BOOK_CLUB.id, emoji: '🌊', on: true },
    ]);
  });

  test('[MSG4] any emoji is found by its name', async () => {
    await panel.open('message-react-all');
    await panel.page.waitForSelector('.emoji');
    await panel.page.keyboard.type('octop');
    await panel.page.waitForFunction(() => document.querySelectorAll('.emoji').length === 1);
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('Enter');
    await panel.page.waitForFunction(() => document.querySelector('.popover') === null);
    expect(await panel.asked('setReaction')).toMatchObject([{ emoji: '🐙', on: true }]);
  });
});

describe('one’s own messages', () => {
  test('[MSG4] the arrow up in an empty composer opens the last one; Enter saves, and only what is new', async () => {
    await panel.open('message-reactions');
    await panel.page.focus('.composer textarea');
    await panel.page.keyboard.press('ArrowUp');
    await panel.page.waitForSelector(field);
    await panel.page.keyboard.press('Enter');
    expect(await panel.isThere(field)).toBe(false);
    expect(await panel.asked('editMessage')).toEqual([]);
    await panel.page.keyboard.press('ArrowUp');
    await panel.page.waitForSelector(field);
    await panel.page.keyboard.type(' Or 213.');
    await panel.page.keyboard.press('Enter');
    expect(await panel.asked('editMessage')).toMatchObject([
      { body: 'The tide tables are on page 212, if anybody needs them. Or 213.' },
    ]);
    await panel.page.waitForFunction((gone) => document.querySelector(gone) === null, {}, field);
    expect(await panel.page.evaluate(() => document.activeElement?.closest('.composer') !== null)).toBe(true);
  });

  test('[MSG4] an edit that did not get through stays in its field, and survives what others say', async () => {
    await panel.open('message-edit-failed');
    const text = () => panel.page.$eval(field, (area) => (area as HTMLTextAreaElement).value);
    expect(await text()).toBe('The tide tables are on page 221.');
    await panel.happen({ name: 'message', message: message(ANA, 'meanwhile', '23T14:32') });
    expect(await text()).toBe('The tide tables are on page 221.');
    expect(await panel.page.$eval('.failure-note', (note) => note.textContent)).toContain('cannot reach');
  });

  test('[MSG4] Escape leaves a message as it was', async () => {
    await panel.open('message-edit');
    await panel.page.type(field, 'nonsense');
    await panel.page.keyboard.press('Escape');
    expect(await panel.isThere(field)).toBe(false);
    expect(await panel.asked('editMessage')).toEqual([]);
    expect(await panel.asked('closeOverlay')).toEqual([]);
  });

  test('[MSG4] deleting asks first', async () => {
    await panel.open('message-delete');
    expect(await panel.asked('deleteMessage')).toEqual([]);
    await panel.page.click('.confirm .danger');
    expect(await panel.asked('deleteMessage')).toMatchObject([{ chatId: BOOK_CLUB.id }]);
  });

  test('[MSG4] others’ messages are not offered for it', async () => {
    await panel.open('message-reactions');
    await panel.page.hover(`.member-message[data-own=false]`);
    await panel.page.click('.member-message[data-own=false]:hover [aria-label="More actions"]');
    expect(await panel.page.$$eval('.menu [role=menuitem]', (items) => items.map((item) => item.textContent))).toEqual([
      'Copy text',
      'Report',
      'Block this person',
    ]);
  });
});

test('[SAFE5] emoji and read marks of whom one blocked are gone at once, and what others gave stays', async () => {
  await panel.open('message-more-others');
  const marks = () =>
    panel.page.$$eval('.reaction[aria-label], .read-by', (all) =>
      all.map((mark) => mark.getAttribute('aria-label')).filter((label) => label !== 'React'),
    );
  const before = await marks();
  expect(before).toContainEqual(expect.stringContaining('Wilhelmina'));
  expect(before).toContainEqual(expect.stringMatching(/^Read by .*Emil/));
  await panel.tell({ type: 'state', state: { blocked: [EMIL, WILHELMINA] } });
  const after = await marks();
  expect(after.join()).not.toMatch(/Emil|Wilhelmina/);
  expect(after).toContainEqual(expect.stringMatching(/^👍 1, /));
});
