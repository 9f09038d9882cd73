import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type InviteOptions, USUAL_INVITE } from '../../../lib/model/chat.ts';
import { hears, join, makeGroup, say, type TestPerson } from '../../support/people.ts';
import { stackUnderTest } from '../../support/stack.ts';

describe('invites with options', () => {
  let ana: TestPerson;
  let ben: TestPerson;
  let cy: TestPerson;

  beforeAll(async () => {
    const stack = stackUnderTest();
    [ana, ben, cy] = await Promise.all([join(stack, 'Ana'), join(stack, 'Ben'), join(stack, 'Cy')]);
  });
  afterAll(() => Promise.all([ana, ben, cy].map(({ browser }) => browser.stop())));

  async function link(chatId: string, options: Partial<InviteOptions>) {
    const invite = await ana.panel.request('createInvite', { chatId, options: { ...USUAL_INVITE, ...options } });
    return { ...invite, token: new URL(invite.url).hash.slice(1) };
  }

  test('[INV1] whoever needs approval waits, and is in as soon as a member says yes', async () => {
    const chatId = await makeGroup(ana, ben);
    const { token } = await link(chatId, { needsApproval: true });
    expect(await cy.panel.request('previewInvite', { token })).toMatchObject({ needsApproval: true, waiting: false });
    expect(await cy.panel.request('redeemInvite', { token })).toEqual({ chatId, waiting: true });
    expect(cy.panel.snapshot().app?.waiting).toMatchObject([{ chatId, title: 'Trip' }]);
    expect(await cy.panel.request('previewInvite', { token })).toMatchObject({ waiting: true, chatId: null });

    const asked = await ben.panel.untilView(({ requests }) => requests.length === 1);
    expect(asked.requests[0]).toMatchObject({ id: cy.id, displayName: 'Cy' });
    await ben.panel.request('answerRequest', { chatId, userId: cy.id, accept: true });
    await cy.panel.until(({ app }) => app?.waiting.length === 0 && app.chats.some(({ id }) => id === chatId));
    const view = await ana.panel.untilView(({ requests, members }) => requests.length === 0 && members.length === 3);
    expect(view.messages.at(-1)?.notice).toEqual({ type: 'joined', userId: cy.id, by: ben.id });
  });

  test('[INV1] whoever is declined waits no longer and cannot ask again with the same link', async () => {
    const chatId = await makeGroup(ana);
    const { token } = await link(chatId, { needsApproval: true });
    await cy.panel.request('redeemInvite', { token });
    await ana.panel.untilView(({ requests }) => requests.length === 1);
    await ana.panel.request('answerRequest', { chatId, userId: cy.id, accept: false });
    await cy.panel.until(({ app }) => app?.waiting.length === 0);
    const again = cy.panel.request('redeemInvite', { token });
    await expect(again).rejects.toMatchObject({ failure: { code: 'invite_invalid' } });
  });

  test('[INV1] a request that is taken back is gone for the members too', async () => {
    const chatId = await makeGroup(ana);
    const { token } = await link(chatId, { needsApproval: true });
    await cy.panel.request('redeemInvite', { token });
    await ana.panel.untilView(({ requests }) => requests.length === 1);
    await cy.panel.request('withdrawRequest', { chatId });
    expect(cy.panel.snapshot().app?.waiting).toEqual([]);
    await ana.panel.untilView(({ requests }) => requests.length === 0);
  });

  test('[INV1] a panel that comes later sees who waits', async () => {
    const chatId = await makeGroup(ana);
    const { token } = await link(chatId, { needsApproval: true });
    await cy.panel.request('redeemInvite', { token });
    await ana.panel.untilView(({ requests }) => requests.length === 1);
    await ana.browser.kill();
    ana.browser.start();
    await ana.panel.untilView(({ requests }) => requests[0]?.id === cy.id);
    await cy.panel.request('withdrawRequest', { chatId });
  });

  test('[INV1] a link without an end, for one person, who sees nothing of before', async () => {
    const chatId = await makeGroup(ana);
    await hears(ana, say(ana, chatId, 'a secret'));
    const { token, expiresAt } = await link(chatId, { expiresIn: null, maxUses: 1, history: 'none' });
    expect(expiresAt).toBeNull();
    await cy.panel.request('redeemInvite', { token });
    cy.panel.watch(chatId);
    const view = await cy.panel.untilView(({ members }) => members.length === 2);
    expect(view.messages.map(({ body }) => body)).not.toContain('a secret');
    const late = ben.panel.request('redeemInvite', { token });
    await expect(late).rejects.toMatchObject({ failure: { code: 'invite_invalid' } });
  });
});
