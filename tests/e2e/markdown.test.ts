import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startWebsite, type Website } from './support/pages.ts';
import { createGroup, createPerson, must, signIn, type Visitor, visit } from './support/people.ts';

const BEACON = 'https://beacon.example/hit';

const TEXT = `Some **stressed** words, a formula $x^2$, and

\`\`\`js
const answer = 42;
\`\`\`

<img src="${BEACON}.png" onerror="globalThis.wasRun = 1"> ![pixel](${BEACON}.gif) [run](javascript:globalThis.wasRun=1)`;

describe('[MSG6] Markdown in the built extension', () => {
  const product = inject('product');
  let website: Website;
  let visitor: Visitor;

  beforeAll(async () => {
    website = await startWebsite();
    const ana = await createPerson(product, 'Ana');
    const { chatId } = await createGroup(ana, 'Formatted');
    await must(ana.client.from('messages').insert({ id: crypto.randomUUID(), chat_id: chatId, body: TEXT }));
    visitor = await visit(product, `${website.url}/article`);
    await signIn(visitor.panel, ana.email);
  });

  afterAll(async () => {
    await Promise.all([visitor?.person.close(), website?.stop()]);
  });

  test('its chunks load over a page, and the extension’s policy has nothing to refuse', async () => {
    const { panel, page } = visitor;
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await panel.frame.evaluate(() => {
      const refused: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => refused.push(event.violatedDirective));
      Object.assign(globalThis, { refused });
    });
    await panel.see('Formatted');
    await panel.frame.locator('.chat-row').click();
    await panel.frame.waitForSelector('.rich-text strong');
    await panel.frame.waitForSelector('.rich-text math');
    await panel.frame.waitForSelector('.rich-text .hljs-keyword');
    const outcome = await panel.frame.evaluate(() => ({
      refused: (globalThis as unknown as { refused: string[] }).refused,
      wasRun: 'wasRun' in globalThis,
      links: [...document.querySelectorAll('.rich-text a')].map((link) => link.getAttribute('href')),
    }));
    expect(outcome).toEqual({ refused: [], wasRun: false, links: [`${BEACON}.gif`] });
    expect(requests.filter((url) => url.startsWith(BEACON))).toEqual([]);
  });
});
