import { mkdirSync } from 'node:fs';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { waitForCode } from '../support/stack.ts';
import { isPanel, launchPerson } from './support/chromium.ts';
import { startWebsite, type Website } from './support/pages.ts';
import { panelUser } from './support/panel.ts';
import { freshEmail, freshUsername, setUpProfile, signUp, type Visitor, visit } from './support/people.ts';

const MEDIA = new URL('../../docs/media/', import.meta.url).pathname;

/** Of the one group of this journey; other tests share the backend. */
const TITLE = 'Book club';

/** Two people and the AI in one group, over a webpage: each test goes on where the one before it ended. */
describe('the journey', () => {
  const product = inject('product');
  const sql = postgres(product.adminUrl, { max: 1 });
  let website: Website;
  let ana: Visitor;
  let ben: Visitor;
  let link: string;

  beforeAll(async () => {
    mkdirSync(MEDIA, { recursive: true });
    website = await startWebsite();
    ana = await visit(product, `${website.url}/article`);
  });

  afterAll(async () => {
    await Promise.all([ana?.person.close(), ben?.person.close(), website?.stop(), sql.end()]);
  });

  test('[INV8] a newcomer signs up with a password and sets up a profile first', async () => {
    await signUp(ana.panel, freshEmail('Ana'));
    await ana.panel.see('When were you born?');
    await setUpProfile(ana.panel, 'Ana Ruiz', freshUsername('ana'));
    await ana.panel.see('New group');
  });

  test('[CHAT1] a person starts a group from the panel over a page', async () => {
    await ana.panel.click('New group');
    await ana.panel.fill('Name', TITLE);
    await ana.panel.click('Create group');
    await ana.panel.see(`Invite to ${TITLE}`);
    link = (await ana.panel.frame
      .waitForFunction(() => document.querySelector<HTMLInputElement>('[aria-label="Invite link"]')?.value)
      .then((handle) => handle.jsonValue())) as string;
    expect(link).toMatch(/\/join#[A-Za-z0-9_-]{22}$/);
    await ana.page.keyboard.press('Escape');
  });

  test('[INV6] the link opened in a browser with the extension opens the panel on the preview', async () => {
    const person = await launchPerson(product.extensionDir, { dark: true });
    const page = await person.open(link);
    const frame = await page.waitForFrame(isPanel);
    ben = { person, page, panel: panelUser(page, frame) };
    await ben.panel.see(TITLE);
  });

  test('[INV8] a newcomer by a link signs in with an e-mailed code, sets up a profile, and comes back to the preview', async () => {
    const email = freshEmail('Ben');
    await ben.panel.click('Use an e-mail code');
    await ben.panel.fill('E-mail', email);
    await ben.panel.click('Send me a code');
    await ben.panel.fill('Code', await waitForCode(product, email));
    await ben.panel.see('When were you born?');
    await setUpProfile(ben.panel, 'Ben Okafor', freshUsername('ben'));
    await ben.panel.see('Ana Ruiz invites you to');
    await ben.panel.see('1 of 20');
    await ben.page.screenshot({ path: `${MEDIA}invite-preview.png` });
  });

  test('[INV4] looking at the preview spent no use, joining spends one', async () => {
    const uses = async () =>
      (
        await sql`select sum(i.uses)::int as uses from public.invites i join public.chats c on c.id = i.chat_id where c.title = ${TITLE}`
      )[0]?.uses;
    expect(await uses()).toBe(0);
    await ben.panel.click('Join');
    await ben.panel.see('You joined');
    await ana.panel.see('Ben Okafor joined');
    expect(await uses()).toBe(1);
  });

  test('[MSG1] [MSG3] both chat live and see the same messages in the same order', async () => {
    await ana.panel.say('Hello Ben');
    await ben.panel.see('Hello Ben');
    await ben.panel.say('Hello Ana');
    await ana.panel.see('Hello Ana');
    await Promise.all([ana.panel.say('one'), ben.panel.say('two')]);
    for (const { panel } of [ana, ben]) for (const text of ['one', 'two']) await panel.see(text);
    const bodies = (panel: Visitor['panel']) =>
      panel.frame.$$eval('[data-message] .message-body', (rows) => rows.map((row) => row.textContent));
    await ana.panel.frame.waitForFunction(() => document.querySelector('[data-pending="true"]') === null);
    await ben.panel.frame.waitForFunction(() => document.querySelector('[data-pending="true"]') === null);
    expect(await bodies(ana.panel)).toEqual(await bodies(ben.panel));
  });

  test('[MSG1] Shift+Enter breaks the line, Enter sends', async () => {
    await ana.panel.write('first line');
    await ana.page.keyboard.down('Shift');
    await ana.page.keyboard.press('Enter');
    await ana.page.keyboard.up('Shift');
    await ana.page.keyboard.type('second line');
    await ana.page.keyboard.press('Enter');
    await ben.panel.see('first line\nsecond line');
  });

  test('[MEM1] every member sees who is in the group, with roles', async () => {
    await ben.panel.click('People in this group');
    await ben.panel.see('Ana Ruiz');
    await ben.panel.see('Ben Okafor');
    await ben.page.keyboard.press('Escape');
  });

  test('[AI1] [AI7] a mention is answered in words that appear as they come, for both', async () => {
    await ana.panel.say('@ai count to 30');
    const partial = (visitor: Visitor) =>
      visitor.panel.frame.waitForFunction(() => {
        const row = document.querySelector('[data-state="writing"]');
        return row !== null && (row.textContent ?? '').length > 30;
      });
    await Promise.all([partial(ana), partial(ben)]);
    for (const { panel } of [ana, ben]) {
      await panel.frame.waitForFunction(() => document.querySelector('[data-state="complete"]') !== null);
      await panel.see('Practice assistant');
    }
  });

  test('[AI6] the answer is exactly one message, the same for both', async () => {
    const rows = await sql`
      select m.body, m.status from public.messages m join public.chats c on c.id = m.chat_id
      where c.title = ${TITLE} and m.kind = 'assistant'`;
    expect(rows).toHaveLength(1);
    expect(rows[0]?.status).toBe('complete');
    const answer = (visitor: Visitor) =>
      visitor.panel.frame.$$eval('.assistant-message', (all) => all.map((row) => row.textContent?.length));
    expect(await answer(ana)).toHaveLength(1);
    expect(await answer(ana)).toEqual(await answer(ben));
    await ana.page.screenshot({ path: `${MEDIA}journey-over-a-page.png` });
  });

  test('[AI5] anyone stops a running answer; what stood on the screen is kept, marked as stopped', async () => {
    await ana.panel.say('@ai count to 500');
    await ben.panel.frame.waitForFunction(
      () => (document.querySelector('[data-state="writing"]')?.textContent ?? '').length > 40,
    );
    await ben.panel.click('Stop the answer');
    for (const { panel } of [ana, ben]) await panel.see('Stopped here.');
    const [row] = await sql`
      select m.body, m.status from public.messages m join public.chats c on c.id = m.chat_id
      where c.title = ${TITLE} and m.kind = 'assistant' order by m.seq desc limit 1`;
    expect(row?.status).toBe('stopped');
    expect(row?.body.length).toBeGreaterThan(10);
  });

  test('[MEM4] a removed person is out at once: the chat is gone from their panel, and nothing more arrives', async () => {
    await ana.panel.click('People in this group');
    await ana.panel.click('Remove Ben Okafor');
    await ana.panel.click('Remove');
    await ben.panel.miss(TITLE);
    await ana.page.keyboard.press('Escape');
    await ana.panel.say('only for those who stay');
    await ana.panel.see('only for those who stay');
    expect(await ben.panel.text()).not.toContain('only for those who stay');
  });
});
