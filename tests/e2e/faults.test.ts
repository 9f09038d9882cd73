import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startWebsite, type Website } from './support/pages.ts';
import { panelUser } from './support/panel.ts';
import {
  type ApiPerson,
  createGroup,
  createPerson,
  freshEmail,
  join,
  must,
  nameOneself,
  signIn,
  signUp,
  tellBirthDate,
  type Visitor,
  visit,
} from './support/people.ts';

/** Each fault ends in a clear sentence, and nothing that was typed is lost. */
describe('bad input and faults', () => {
  const product = inject('product');
  const opened: Visitor[] = [];
  let website: Website;
  let ana: ApiPerson;

  beforeAll(async () => {
    website = await startWebsite();
    ana = await createPerson(product, 'Ana');
  });

  afterAll(async () => {
    await Promise.all([...opened.map(({ person }) => person.close()), website?.stop()]);
  });

  async function open(url = `${website.url}/article`): Promise<Visitor> {
    const visitor = await visit(product, url);
    opened.push(visitor);
    return visitor;
  }

  /** The panel on the page that an invite link leads to. */
  async function openLink(visitor: Visitor, token: string) {
    const page = await visitor.person.open(`${product.url}/join#${token}`);
    return panelUser(page, await page.waitForFrame((frame) => frame.url().includes('/panel.html')));
  }

  const control = async (order: string) => {
    const answer = await fetch(`${product.controlUrl}/${order}`, { method: 'POST' });
    if (!answer.ok) throw new Error(await answer.text());
  };

  test('a wrong password: says so, and the address stays', async () => {
    const { panel } = await open();
    await signIn(panel, ana.email, 'not the password');
    await panel.see('do not go together');
    expect(await panel.frame.$eval('input[type="email"]', (field) => field.value)).toBe(ana.email);
  });

  test('[INV8] a taken username: says so at once, and the name stays', async () => {
    const { panel } = await open();
    await signUp(panel, freshEmail('Other'));
    await tellBirthDate(panel);
    await panel.fill('Name', 'Other Ana');
    await panel.fill('Username', ana.username);
    await panel.see('Somebody has this one already');
    expect(await panel.frame.$eval('input[autocomplete="name"]', (field) => field.value)).toBe('Other Ana');
    await nameOneself(panel, 'Other Ana', `${ana.username}2`);
    await panel.see('New group');
  });

  test('[CHAT5] a full group and [INV2] a dead link: a sentence each', async () => {
    const full = await createGroup(ana, 'Full house');
    for (let seat = 2; seat <= 20; seat++) await join(await createPerson(product, `P${seat}`), full.token);
    const dead = await createGroup(ana, 'Gone');
    await must(ana.client.rpc('reset_invites', { p_chat: dead.chatId }));

    const late = await createPerson(product, 'Late');
    const visitor = await open();
    await signIn(visitor.panel, late.email);
    await visitor.panel.see('New group');
    await (await openLink(visitor, full.token)).see('It is full');
    const panel = await openLink(visitor, dead.token);
    await panel.see('does not work any more');
    expect(await panel.text()).not.toContain('Gone');
  });

  test('[MSG1] 16,001 characters are refused with the count, and the text stays in the composer', async () => {
    const { chatId } = await createGroup(ana, 'Long words');
    const visitor = await open();
    await signIn(visitor.panel, ana.email);
    await visitor.panel.frame.locator('::-p-text(Long words)').click();
    const composer = await visitor.panel.composer();
    const text = 'x'.repeat(16_001);
    await composer.click();
    await visitor.page.keyboard.sendCharacter(text);
    await visitor.panel.see('16,001');
    await visitor.page.keyboard.press('Enter');
    expect(await composer.evaluate((field) => field.value.length)).toBe(16_001);
    await visitor.page.keyboard.press('Backspace');
    await visitor.page.keyboard.press('Enter');
    await expect
      .poll(
        async () =>
          (await must(ana.client.from('messages').select('id').eq('chat_id', chatId).eq('kind', 'member')))?.length,
      )
      .toBe(1);
  });

  test('[MSG2] the server goes down during use: messages wait, and go out in order when it is back', async () => {
    const { chatId } = await createGroup(ana, 'Outage');
    const visitor = await open();
    await signIn(visitor.panel, ana.email);
    await visitor.panel.frame.locator('::-p-text(Outage)').click();
    await visitor.panel.say('before');
    await visitor.panel.frame.waitForFunction(() => document.querySelector('[data-pending="true"]') === null);

    await control('kill/gateway');
    await visitor.panel.say('first while down');
    await visitor.panel.say('second while down');
    await visitor.panel.see('second while down');
    await visitor.panel.frame.waitForFunction(() => document.querySelectorAll('[data-pending="true"]').length === 2);
    await visitor.person.endWorker();
    await control('restart/gateway');
    await visitor.panel.frame.waitForFunction(() => document.querySelector('[data-pending="true"]') === null, {
      timeout: 45_000,
    });
    const rows = await must(
      ana.client.from('messages').select('body').eq('chat_id', chatId).eq('kind', 'member').order('seq'),
    );
    expect(rows?.map(({ body }) => body)).toEqual(['before', 'first while down', 'second while down']);
  });

  test('the server is down at the start: says so, and goes on by itself when it is back', async () => {
    await control('kill/gateway');
    const visitor = await open();
    await signIn(visitor.panel, ana.email);
    await visitor.panel.see('cannot reach its server');
    expect(await visitor.panel.frame.$eval('input[type="email"]', (field) => field.value)).toBe(ana.email);
    await control('restart/gateway');
    await visitor.panel.click('Sign in');
    await visitor.panel.see('Groups');
  });
});
