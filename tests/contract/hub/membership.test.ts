import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readChats } from '../../../lib/data/store/chats.ts';
import { readMessages } from '../../../lib/data/store/messages.ts';
import { openStore } from '../../../lib/data/store/store.ts';
import { newId } from '../../../lib/model/ids.ts';
import { hears, join, joinByLink, makeGroup, say, type TestPerson } from '../../support/people.ts';
import { stackUnderTest } from '../../support/stack.ts';

describe('membership', () => {
  let ana: TestPerson;
  let ben: TestPerson;
  let cy: TestPerson;

  beforeAll(async () => {
    const stack = stackUnderTest();
    [ana, ben, cy] = await Promise.all([join(stack, 'Ana'), join(stack, 'Ben'), join(stack, 'Cy')]);
  });
  afterAll(() => Promise.all([ana, ben, cy].map(({ browser }) => browser.stop())));

  test('[MEM4] who is removed hears nothing more and keeps no copy; the others go on', async () => {
    const chatId = await makeGroup(ana, ben, cy);
    await hears(ben, say(ana, chatId, 'before'));
    const gone = cy.panel.until(
      ({ chatId: shown, app }) => shown === null && !app?.chats.some(({ id }) => id === chatId),
    );
    await ana.panel.request('removeMember', { chatId, userId: cy.id });
    await gone;
    const after = say(ben, chatId, 'after');
    const view = await hears(ana, after);
    expect(view.members.map(({ displayName }) => displayName)).toEqual(['Ana', 'Ben']);
    expect(view.messages.at(-2)?.notice).toEqual({ type: 'removed', userId: cy.id, by: ana.id });
    expect(view.people[cy.id]?.displayName).toBe('Cy');

    await expect.poll(() => stored(cy)).not.toContain(chatId);
    await expect(cy.panel.request('send', message(chatId))).rejects.toMatchObject({ failure: { code: 'not_member' } });
    cy.panel.watch(chatId);
    await cy.panel.until(({ chatId: shown }) => shown === null);
  });

  test('[MEM3] who leaves has left at once, and the last one closes the group', async () => {
    const chatId = await makeGroup(ana, ben);
    await ben.panel.request('leaveChat', { chatId });
    await ben.panel.until(({ app }) => !app?.chats.some(({ id }) => id === chatId));
    await ana.panel.untilView(({ members }) => members.length === 1);
    const { url } = await ana.panel.request('createInvite', { chatId });
    await ana.panel.request('leaveChat', { chatId });
    await ana.panel.until(({ app }) => !app?.chats.some(({ id }) => id === chatId));
    await expect(joinByLink(ben, url)).rejects.toMatchObject({ failure: { code: 'invite_invalid' } });
  });

  test('[INV3] [INV4] a preview spends nothing, a reset kills the link, joining twice is joining once', async () => {
    const chatId = await makeGroup(ana);
    const { url } = await ana.panel.request('createInvite', { chatId });
    const preview = await joinByLink(ben, url);
    expect(preview).toEqual({
      ...{ title: 'Trip', memberCount: 1, maxMembers: 20, inviter: 'Ana', chatId: null },
      ...{ needsApproval: false, waiting: false, page: null },
    });
    await joinByLink(ben, url);
    await ana.panel.untilView(({ members }) => members.length === 2);
    await ana.panel.request('resetInvites', { chatId });
    await expect(joinByLink(cy, url)).rejects.toMatchObject({ failure: { code: 'invite_invalid' } });
  });

  test('[MEM4] rejoining by a link brings the chat back', async () => {
    const chatId = await makeGroup(ana, ben);
    await ana.panel.request('removeMember', { chatId, userId: ben.id });
    await ben.panel.until(({ app }) => !app?.chats.some(({ id }) => id === chatId));
    await joinByLink(ben, (await ana.panel.request('createInvite', { chatId })).url);
    ben.panel.watch(chatId);
    await ben.panel.untilView(({ members }) => members.length === 2);
    await hears(ben, say(ana, chatId, 'welcome back'));
  });

  test('[MEM1] a changed face is seen by the others', async () => {
    const chatId = await makeGroup(ana, ben);
    const dataUrl =
      'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=';
    const profile = {
      displayName: 'Benedict',
      username: `u${newId().slice(-12)}`,
      avatar: { kind: 'image', dataUrl },
    } as const;
    await ben.panel.request('saveProfile', profile);
    const view = await ana.panel.untilView(({ people }) => people[ben.id]?.displayName === 'Benedict');
    const path = view.people[ben.id]?.avatarPath;
    expect(await ana.panel.request('avatar', { path: path! })).toBe(dataUrl);
    await ben.panel.request('saveProfile', { ...profile, avatar: { kind: 'generated' } });
    await ana.panel.untilView(({ people }) => people[ben.id]?.avatarPath === null);
    expect(chatId).toBe(view.chat.id);
  });

  test('the creator stays, a taken name is refused, and nothing is changed by it', async () => {
    const chatId = await makeGroup(ana, ben);
    const removal = ben.panel.request('removeMember', { chatId, userId: ana.id });
    await expect(removal).rejects.toMatchObject({ failure: { code: 'creator_stays' } });
    const session = ana.panel.snapshot().app?.session;
    const username = session?.name === 'signed-in' ? session.me.username : '';
    const taken = ben.panel.request('saveProfile', { displayName: 'Ben', username, avatar: { kind: 'keep' } });
    await expect(taken).rejects.toMatchObject({ failure: { code: 'username_taken' } });
    expect(await ben.panel.request('usernameAvailable', { username })).toBe(false);
  });

  test('[CHAT1] a chat whose title the server refuses goes from the list again', async () => {
    const id = newId();
    const creation = ana.panel.request('createChat', { id, kind: 'group', title: 'x'.repeat(81) });
    await expect(creation).rejects.toMatchObject({ failure: { code: 'too_long' } });
    await ana.panel.until(({ app }) => !app?.chats.some((chat) => chat.id === id));
  });
});

const message = (chatId: string) =>
  ({ id: newId(), chatId, body: 'hello?', target: 'default', replyTo: null }) as const;

/** Ids of the chats of which this person's browser holds anything. */
async function stored({ browser }: TestPerson): Promise<string[]> {
  const store = openStore(browser.storeName);
  const chats = await readChats(store);
  const messages = await Promise.all(chats.map(({ id }) => readMessages(store, id, { limit: 1 })));
  await store.close();
  return [...chats.map(({ id }) => id), ...messages.flat().map(({ chatId }) => chatId)];
}
