import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startWebsite, type Website } from './support/pages.ts';
import { panelUser } from './support/panel.ts';
import {
  type ApiPerson,
  createGroup,
  createPerson,
  join,
  must,
  signIn,
  type Visitor,
  visit,
} from './support/people.ts';

/** The browser may end the background worker at any moment: nobody may notice. */
describe('the background worker', () => {
  const product = inject('product');
  const sql = postgres(product.adminUrl, { max: 2 });
  let website: Website;
  let ana: ApiPerson;
  let ben: ApiPerson;
  let visitor: Visitor;
  let chatId: string;

  beforeAll(async () => {
    website = await startWebsite();
    [ana, ben] = await Promise.all([createPerson(product, 'Ana'), createPerson(product, 'Ben')]);
    const group = await createGroup(ana, 'Worker');
    chatId = group.chatId;
    await join(ben, group.token);
    visitor = await visit(product, `${website.url}/article`);
    await signIn(visitor.panel, ana.email);
    await visitor.panel.frame.locator('::-p-text(Worker)').click();
    await visitor.panel.composer();
  });

  afterAll(async () => {
    await Promise.all([visitor?.person.close(), website?.stop(), sql.end()]);
  });

  const sayAsBen = async (body: string) => {
    await must(ben.client.from('messages').insert({ id: crypto.randomUUID(), chat_id: chatId, body }));
  };
  const stored = (body: string) => sql`select id from public.messages where chat_id = ${chatId} and body = ${body}`;

  test('[MSG3] ended while a panel is open, it comes back with session and chat, and misses nothing', async () => {
    const { panel, person } = visitor;
    await sayAsBen('before the end');
    await panel.see('before the end');
    await person.endWorker();
    await sayAsBen('while it was away');
    await panel.see('while it was away');
    await panel.miss('Sign in');
    await sayAsBen('after it came back');
    await panel.see('after it came back');
  });

  test('[MSG2] ended right after Enter, the message is stored exactly once', async () => {
    const { panel, person } = visitor;
    for (let round = 0; round < 5; round++) {
      const text = `sent into the end ${round}`;
      await panel.say(text);
      await person.endWorker();
      await expect.poll(async () => (await stored(text)).length, { timeout: 20_000 }).toBe(1);
    }
    await panel.frame.waitForFunction(() => document.querySelector('[data-pending="true"]') === null);
    for (let round = 0; round < 5; round++) expect(await stored(`sent into the end ${round}`)).toHaveLength(1);
    const shown = await panel.frame.$$eval('[data-message] .message-body', (rows) =>
      rows.map((row) => row.textContent),
    );
    for (let round = 0; round < 5; round++) {
      expect(shown.filter((text) => text === `sent into the end ${round}`)).toHaveLength(1);
    }
  });

  test('[MSG2] a draft survives the end of the worker and the closing of the panel', async () => {
    const { panel, person, page } = visitor;
    await panel.write('not sent yet');
    await panel.frame.waitForFunction(
      () => document.querySelector<HTMLTextAreaElement>('.composer textarea')?.value === 'not sent yet',
    );
    await person.endWorker();
    // The hub that closes the overlay has got the draft before.
    await page.keyboard.press('Escape');
    await expect.poll(() => page.frames().length, { timeout: 20_000 }).toBe(1);
    const again = panelUser(page, await person.openOverlay(page));
    const composer = await again.composer();
    await again.frame.waitForFunction((field) => field.value === 'not sent yet', {}, composer);
    visitor = { ...visitor, panel: again };
  });

  test('two panels and the side panel show the same, over one socket', async () => {
    const { person, panel } = visitor;
    const second = await person.open(`${website.url}/article`);
    const overlay = panelUser(second, await person.openOverlay(second));
    await overlay.see('Worker');
    const extensionId = person.extension.id;
    const page = await person.open(`chrome-extension://${extensionId}/sidepanel.html`);
    const side = panelUser(page, page.mainFrame());
    await side.see('Worker');
    for (const [each, tab] of [
      [overlay, second],
      [side, page],
    ] as const) {
      // Only the tab in front takes clicks.
      await tab.bringToFront();
      if (!(await each.text()).includes('while it was away')) await each.frame.locator('::-p-text(Worker)').click();
      await each.see('while it was away');
    }

    // Watched from its start: what three open panels make a new worker do.
    let sockets = 0;
    const { client } = await person.worker();
    client.on('Network.webSocketCreated', () => {
      sockets++;
    });
    await client.send('Network.enable');
    await person.endWorker();
    await sayAsBen('for all three');
    for (const each of [panel, overlay, side]) await each.see('for all three');
    const shown = (each: typeof panel) =>
      each.frame.$$eval('[data-message] .message-body', (rows) => rows.map((row) => row.textContent));
    expect(await shown(overlay)).toEqual(await shown(panel));
    expect(await shown(side)).toEqual(await shown(panel));
    expect(sockets).toBe(1);
  });
});
