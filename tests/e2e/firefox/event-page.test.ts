import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startWebsite, type Website } from '../support/pages.ts';
import { type ApiPerson, createGroup, createPerson, join, must, signIn } from '../support/people.ts';
import {
  buildForFirefox,
  type FirefoxPerson,
  type FirefoxVisitor,
  firefoxPath,
  launchFirefoxPerson,
  openChat,
} from './person.ts';

/** In Firefox the hub lives in an event page, which Firefox may end at any moment: nobody may notice. */
describe.skipIf(firefoxPath === undefined)('the event page', () => {
  const product = inject('product');
  const sql = postgres(product.adminUrl, { max: 2 });
  let website: Website;
  let ben: ApiPerson;
  let firefox: FirefoxPerson;
  let visitor: FirefoxVisitor;
  let chatId: string;

  beforeAll(async () => {
    website = await startWebsite();
    const [ana, other] = await Promise.all([createPerson(product, 'Ana'), createPerson(product, 'Ben')]);
    ben = other;
    const group = await createGroup(ana, 'Idle');
    chatId = group.chatId;
    await join(ben, group.token);
    firefox = await launchFirefoxPerson(await buildForFirefox(product));
    visitor = await firefox.visit(`${website.url}/article`);
    await signIn(visitor.panel, ana.email);
    const { page, panel } = await firefox.followToWindow(visitor.panel);
    await signIn(panel, ana.email);
    await openChat(visitor.panel);
    await page.close();
  });

  afterAll(async () => {
    await Promise.all([firefox?.close(), website?.stop(), sql.end()]);
  });

  const sayAsBen = async (body: string) => {
    await must(ben.client.from('messages').insert({ id: crypto.randomUUID(), chat_id: chatId, body }));
  };

  test('[MSG3] ended while a panel is open, it comes back with session and chat, and misses nothing', async () => {
    const { panel } = visitor;
    await sayAsBen('before the end');
    await panel.see('before the end');
    await firefox.window.endEventPage();
    await sayAsBen('while it was away');
    await panel.see('while it was away');
    await panel.miss('Sign in');
    await sayAsBen('after it came back');
    await panel.see('after it came back');
  });

  test('[MSG2] ended right after Enter, the message is stored exactly once', async () => {
    const { panel } = visitor;
    const texts = ['sent into the end 1', 'sent into the end 2', 'sent into the end 3'];
    for (const text of texts) {
      await panel.say(text);
      await firefox.window.endEventPage();
      await panel.see(text);
    }
    await panel.frame.waitForFunction(() => document.querySelector('[data-pending="true"]') === null, {
      polling: 'mutation',
    });
    const stored =
      await sql`select body from public.messages where chat_id = ${chatId} and body = any(${texts}) order by seq`;
    expect(stored.map(({ body }) => body)).toEqual(texts);
    const shown = await panel.frame.$$eval('[data-message] .message-body', (rows) =>
      rows.map((row) => row.textContent ?? ''),
    );
    expect(shown.filter((text) => texts.includes(text))).toEqual(texts);
  });

  test('[PAGE1] [MSG3] ended with no panel open, the toolbar button starts it, and the panel shows what came meanwhile', async () => {
    const { window } = firefox;
    await firefox.clickAction(visitor.page);
    await expect.poll(() => visitor.page.frames().length).toBe(1);
    await window.endEventPage();
    await expect.poll(() => window.isEventPageRunning()).toBe(false);
    await sayAsBen('to an empty room');
    visitor = await firefox.visit(`${website.url}/article`);
    await openChat(visitor.panel);
    await visitor.panel.see('to an empty room');
  });
});
