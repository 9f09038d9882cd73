import { describe, expect, test } from 'vitest';
import { BOOK_CLUB, WAITING } from './fixtures.ts';
import { HIDING } from './group-states.ts';
import { useLivePanel } from './live-panel.ts';
import { EMIL, WILHELMINA } from './people.ts';

const panel = useLivePanel();

describe('[CHAT6] a group is deleted for everyone', () => {
  test('only once its name is typed', async () => {
    await panel.open('about-delete');
    await panel.page.click('.confirm .danger');
    await panel.page.focus('.confirm input');
    await panel.page.keyboard.press('Enter');
    expect(await panel.asked('deleteChat')).toEqual([]);
    await panel.page.keyboard.type('b');
    await panel.page.keyboard.press('Enter');
    expect(await panel.asked('deleteChat')).toMatchObject([{ title: 'Book club' }]);
  });

  test('also where a member hid letters in its name that nobody can type', async () => {
    await panel.open('about-delete-hidden');
    await panel.page.focus('.confirm input');
    await panel.page.keyboard.press('End');
    await panel.page.keyboard.type('b');
    await panel.page.keyboard.press('Enter');
    expect(await panel.asked('deleteChat')).toMatchObject([{ title: HIDING }]);
  });
});

test('[CHAT4] only what was changed about a group is saved', async () => {
  await panel.open('about-changed');
  await panel.page.click('.sheet .primary');
  expect(await panel.asked('renameChat')).toMatchObject([{ title: 'Harbour readers' }]);
  expect(await panel.asked('setInstructions')).toEqual([]);
});

test('[CHAT3] a group is muted from its sheet', async () => {
  await panel.open('about');
  await panel.page.click('.notify-choice label:last-child');
  expect(await panel.asked('setNotificationLevel')).toMatchObject([{ level: 'none' }]);
});

describe('[PAGE5] whether one shows on which page one is', () => {
  const box = '.check-field input';

  test('is off until it is turned on', async () => {
    await panel.open('about');
    await panel.page.waitForSelector(`${box}:not(:checked)`);
    await panel.page.click(box);
    await panel.page.waitForSelector(`${box}:checked`);
    expect(await panel.asked('setPagePresence')).toMatchObject([{ on: true }]);
  });

  test('is not turned on where a page covers the panel', async () => {
    await panel.open('about-on-page-covered');
    expect(await panel.asked('setPagePresence')).toEqual([]);
  });

  test('who was blocked is not among those on the page', async () => {
    await panel.open('chat-on-page-two');
    const words = () => panel.page.$eval('.on-page .visually-hidden', (line) => (line as HTMLElement).innerText);
    expect(await words()).toBe('Ana Kovač and Emil are on this page too');
    await panel.tell({ type: 'state', state: { blocked: [EMIL] } });
    expect(await words()).toBe('Ana Kovač is on this page too');
    await panel.tell({ type: 'on-page', chatId: BOOK_CLUB.id, people: [] });
    expect(await panel.isThere('.on-page')).toBe(false);
  });
});

test('[INV1] another option makes another link', async () => {
  await panel.open('invite-options');
  await panel.page.select('.choice select', '4');
  await panel.page.click('.invite-options .invite-approval input');
  expect((await panel.asked('createInvite')).map(({ options }) => options)).toMatchObject([
    { expiresIn: '1 day', needsApproval: false },
    { expiresIn: null, needsApproval: false },
    { expiresIn: null, needsApproval: true },
  ]);
});

test('[INV1] members let in or decline who waits', async () => {
  await panel.open('members-waiting');
  await panel.page.click(`[aria-label="Let in ${WILHELMINA.displayName}"]`);
  await panel.page.click(`[aria-label="Decline ${EMIL.displayName}"]`);
  expect(await panel.asked('answerRequest')).toMatchObject([
    { userId: WILHELMINA.id, accept: true },
    { userId: EMIL.id, accept: false },
  ]);
});

test('[INV1] the screen of one who waits asks again when the answer has come', async () => {
  await panel.open('invited-waiting');
  const before = (await panel.asked('previewInvite')).length;
  await panel.tell({ type: 'state', state: { waiting: [{ ...WAITING, chatId: 'another' }] } });
  expect(await panel.asked('previewInvite')).toHaveLength(before + 1);
});

test('[MEM2] the creator hands the group over after a second look', async () => {
  await panel.open('members-hand-over');
  expect(await panel.asked('handOver')).toEqual([]);
  await panel.page.click('.confirm .danger');
  expect(await panel.asked('handOver')).toMatchObject([{ userId: EMIL.id }]);
});
