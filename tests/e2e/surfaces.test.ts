import { afterAll, beforeAll, describe, inject, test } from 'vitest';
import { startWebsite, type Website } from './support/pages.ts';
import { createGroup, createPerson, signIn, type Visitor, visit } from './support/people.ts';

describe('other places for the panel', () => {
  const product = inject('product');
  let website: Website;
  let visitor: Visitor;

  beforeAll(async () => {
    website = await startWebsite();
    const ana = await createPerson(product, 'Ana');
    await createGroup(ana, 'Elsewhere');
    visitor = await visit(product, `${website.url}/article`);
    await signIn(visitor.panel, ana.email);
    await visitor.panel.see('Elsewhere');
  });

  afterAll(async () => {
    await Promise.all([visitor?.person.close(), website?.stop()]);
  });

  test.for([
    ['Open in window', '/panel.html#window'],
    ['Open in side panel', '/sidepanel.html'],
  ] as const)('from the overlay: %s', async ([item, address]) => {
    const { panel, page, person } = visitor;
    await page.bringToFront();
    await panel.click('Account');
    await panel.click(item, 'menuitem');
    const opened = await (await person.browser.waitForTarget((target) => target.url().endsWith(address))).asPage();
    await opened.waitForFunction(() => document.body.textContent?.includes('Elsewhere'), { polling: 'mutation' });
  });
});
