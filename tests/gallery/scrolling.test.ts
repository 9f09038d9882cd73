import { describe, expect, test } from 'vitest';
import type { Reply } from '../../lib/model/chat.ts';
import { BOOK_CLUB, message, reply, TALK } from './fixtures.ts';
import { useLivePanel } from './live-panel.ts';
import { ANA } from './people.ts';

const panel = useLivePanel();

describe('scrolling', () => {
  const distance = () =>
    panel.page.$eval('.message-scroller', (box) => Math.round(box.scrollHeight - box.scrollTop - box.clientHeight));
  const scrollTo = async (top: number) => {
    await panel.page.$eval('.message-scroller', (box, wanted) => box.scrollTo(0, wanted), top);
    await panel.page.waitForSelector('.jump-to-latest');
  };
  /** Where a row stands on the screen. */
  const topOf = (id: string) =>
    panel.page.$eval(`[data-message="${id}"]`, (row) => Math.round(row.getBoundingClientRect().top));
  const growing = (words: number): Reply => reply({ text: 'word '.repeat(words) });

  test('[AI7] stays at the end while an answer grows', async () => {
    await panel.open('chat');
    for (const words of [1, 40, 80, 160]) await panel.happen({ name: 'reply', reply: growing(words) });
    expect(await distance()).toBe(0);
  });

  test('[MSG7] does not follow while the reader is further up, and leads back', async () => {
    await panel.open('chat');
    await scrollTo(100);
    const anchor = TALK[3]?.id ?? '';
    const before = await topOf(anchor);
    for (const words of [40, 80, 160]) await panel.happen({ name: 'reply', reply: growing(words) });
    await panel.happen({ name: 'message', message: message(ANA, 'Look', '23T14:32') });
    expect(await topOf(anchor)).toBe(before);
    expect(await panel.page.$eval('.jump-to-latest', (button) => button.textContent)).toBe('1 new');
    await panel.page.click('.jump-to-latest');
    expect(await distance()).toBe(0);
    expect(await panel.isThere('.jump-to-latest')).toBe(false);
  });

  test('[MSG8] older messages come without a jump', async () => {
    await panel.open('chat-older-quiet');
    await scrollTo(60);
    const anchor = TALK[2]?.id ?? '';
    const before = await topOf(anchor);
    const older = Array.from({ length: 50 }, (_, index) =>
      message(ANA, `Earlier ${index}`, '20T10:00', { id: `older-${index}`, seq: -100 + index }),
    );
    await panel.answerPage({ messages: older, hasOlder: false });
    expect(await panel.isThere('[data-message="older-0"]')).toBe(true);
    expect(await topOf(anchor)).toBe(before);
  });

  test('[MSG8] a long chat opens where its unread messages begin, goes on both ways, and keeps few rows', async () => {
    await panel.open('chat-long');
    const rows = () => panel.page.$$eval('[data-row], .message-list li', (all) => new Set(all).size);
    const isInSight = (text: string) =>
      panel.page.waitForFunction(
        (words) =>
          [...document.querySelectorAll('.message-list li')].some((row) => {
            const { top, bottom } = row.getBoundingClientRect();
            return row.textContent?.includes(words) && bottom > 0 && top < innerHeight;
          }),
        {},
        text,
      );
    expect(await panel.asked('loadAround')).toEqual([{ chatId: BOOK_CLUB.id, seq: 400 }]);
    await isInSight('Line 401');
    expect(await panel.isThere('.jump-to-latest')).toBe(true);

    const wheel = async (deltaY: number, until: () => Promise<boolean>) => {
      await panel.page.mouse.move(180, 300);
      for (let turn = 0; turn < 200 && !(await until()); turn++) {
        await panel.page.mouse.wheel({ deltaY });
        await panel.tell({ type: 'state', state: { connection: 'online' } });
        expect(await rows()).toBeLessThanOrEqual(100);
      }
    };
    await wheel(-400, () => panel.isThere('[data-message="long-200"]'));
    expect(await panel.isThere('[data-message="long-200"]')).toBe(true);
    await wheel(400, () => panel.isThere('[data-message="long-600"]'));
    expect(await panel.isThere('[data-message="long-600"]')).toBe(true);
    await panel.page.click('.jump-to-latest');
    await isInSight('Line 1000');
    expect(await distance()).toBe(0);
  });

  test('[CHAT7] a found message is shown among its neighbours, in sight and marked', async () => {
    await panel.open('chat-long-found');
    await panel.page.type('[type=search]', 'Line 777');
    await panel.page.waitForSelector('.found-message');
    await panel.page.click('.found-message');
    const row = await panel.page.waitForSelector('[data-message="long-777"][data-found]');
    expect(await row?.isIntersectingViewport()).toBe(true);
    expect((await panel.asked('loadAround')).at(-1)).toEqual({ chatId: BOOK_CLUB.id, seq: 777 });
    expect(await panel.isThere('.jump-to-latest')).toBe(true);
  });

  test('[MSG8] they are asked for once while they are on their way', async () => {
    await panel.open('chat-older-quiet');
    await scrollTo(0);
    await panel.tell({ type: 'state', state: { connection: 'online' } });
    expect(await panel.asked('loadOlder')).toEqual([{ chatId: BOOK_CLUB.id, beforeSeq: TALK[0]?.seq }]);
  });

  test('whoever sends goes to the end', async () => {
    await panel.open('chat');
    await scrollTo(100);
    await panel.page.type('.composer textarea', 'Back again');
    await panel.page.keyboard.press('Enter');
    await panel.page.waitForFunction(() => document.querySelector('.jump-to-latest') === null);
    expect(await distance()).toBe(0);
  });

  test('[MSG7] what was seen is told as read, and only that', async () => {
    await panel.open('chat-unread');
    expect(await panel.asked('markRead')).toEqual([{ chatId: BOOK_CLUB.id, seq: TALK.at(-1)?.seq }]);
    await scrollTo(0);
    const late = message(ANA, 'Later', '23T14:32');
    await panel.happen({ name: 'message', message: late });
    expect(await panel.asked('markRead')).toHaveLength(1);
    await panel.page.click('.jump-to-latest');
    await panel.tell({ type: 'state', state: { connection: 'online' } });
    expect(await panel.asked('markRead')).toMatchObject([{}, { seq: late.seq }]);
  });
});
