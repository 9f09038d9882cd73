import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { isPanel } from './support/chromium.ts';
import { startWebsite, type Website } from './support/pages.ts';
import { panelUser } from './support/panel.ts';
import { type ApiPerson, createGroup, createPerson, must, signIn, type Visitor, visit } from './support/people.ts';

const QUOTE = 'cargo that was tied to a buoy';

describe('[INV7] an invite with a page', () => {
  const product = inject('product');
  let website: Website;
  let ana: ApiPerson;
  let ben: ApiPerson;
  let visitor: Visitor;
  let chatId: string;

  beforeAll(async () => {
    website = await startWebsite();
    [ana, ben] = await Promise.all([createPerson(product, 'Ana'), createPerson(product, 'Ben')]);
    ({ chatId } = await createGroup(ana, 'Wrecks'));
  });
  afterAll(async () => {
    await Promise.all([visitor?.person.close(), website?.stop()]);
  });

  test('takes the page beside the panel along, and what is selected on it, only when asked to', async () => {
    const ours = await visit(product, `${website.url}/long`);
    await signIn(ours.panel, ana.email);
    await ours.panel.see('Wrecks');
    await ours.panel.frame.locator('.chat-row').click();
    await ours.page.evaluate((quote) => {
      const text = document.querySelector('p:nth-of-type(2)')?.firstChild;
      const start = text?.textContent?.indexOf(quote) ?? 0;
      if (text) getSelection()?.setBaseAndExtent(text, start, text, start + quote.length);
    }, QUOTE);
    await ours.panel.click('Invite people');
    await ours.panel.frame.waitForSelector('.invite-page input');
    expect(await ours.panel.frame.$('.passage-line')).toBeNull();
    await ours.panel.frame.locator('.invite-page input').click();
    await ours.panel.frame.waitForSelector('.passage-line');
    expect(await ours.panel.frame.$eval('.passage-line', (line) => line.textContent)).toContain(QUOTE);
    await ours.person.close();
  });

  test('opens it at the passage for whoever joins, and not before', async () => {
    const page = { p_page_url: `${website.url}/long`, p_page_quote: QUOTE };
    const { token } = (await must(ana.client.rpc('create_invite', { p_chat: chatId, ...page }))) as { token: string };
    visitor = await visit(product, `${website.url}/article`);
    await signIn(visitor.panel, ben.email);
    await visitor.panel.see('New group');
    const joinPage = await visitor.person.open(`${product.url}/join#${token}`);
    const panel = panelUser(joinPage, await joinPage.waitForFrame(isPanel));
    await panel.see('Wrecks');
    await panel.see(QUOTE);
    const before = website.requests.filter((path) => path === '/long').length;
    await panel.click('Join');
    const target = await visitor.person.browser.waitForTarget(
      (each) => each.type() === 'page' && each.url().startsWith(`${website.url}/long`),
    );
    const opened = await target.page();
    await opened?.waitForFunction(() => scrollY > 3_000);
    expect(website.requests.filter((path) => path === '/long')).toHaveLength(before + 1);
  });
});
