import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../lib/model/ids.ts';
import { hears, join, makeGroup, say, type TestPerson } from '../../support/people.ts';
import { stackUnderTest } from '../../support/stack.ts';

describe('what members change about a chat', () => {
  let ana: TestPerson;
  let ben: TestPerson;

  beforeAll(async () => {
    [ana, ben] = await Promise.all([join(stackUnderTest(), 'Ana'), join(stackUnderTest(), 'Ben')]);
  });
  afterAll(() => Promise.all([ana.browser.stop(), ben.browser.stop()]));

  const line = ({ panel }: TestPerson, chatId: string) => panel.snapshot().app?.chats.find(({ id }) => id === chatId);
  const without = ({ panel }: TestPerson, chatId: string) =>
    panel.until(({ app }) => !app?.chats.some(({ id }) => id === chatId));

  test('[CHAT4] any member renames the group and tells the AI something, and all see who did', async () => {
    const chatId = await makeGroup(ana, ben);
    await ben.panel.request('renameChat', { chatId, title: '  Long trip ' });
    await ana.panel.untilView(({ chat }) => chat.title === 'Long trip');
    await ben.panel.request('setInstructions', { chatId, instructions: 'We go by bicycle.' });
    const view = await ana.panel.untilView(({ chat }) => chat.instructions === 'We go by bicycle.');
    expect(view.messages.slice(-2).map(({ notice }) => notice)).toEqual([
      { type: 'renamed', by: ben.id, before: 'Trip', after: 'Long trip' },
      { type: 'instructions', by: ben.id },
    ]);
    const nameless = ben.panel.request('renameChat', { chatId, title: '   ' });
    await expect(nameless).rejects.toMatchObject({ failure: { code: 'title_invalid' } });
    const endless = ben.panel.request('setInstructions', { chatId, instructions: 'x'.repeat(8_001) });
    await expect(endless).rejects.toMatchObject({ failure: { code: 'instructions_too_long' } });
  });

  test('[CHAT3] a muted chat is marked as such for its person alone, also after a restart', async () => {
    const chatId = await makeGroup(ana, ben);
    await ben.panel.request('setNotificationLevel', { chatId, level: 'none' });
    expect(line(ben, chatId)?.notificationLevel).toBe('none');
    await ben.browser.kill();
    ben.browser.start();
    await ben.panel.until(({ status }) => status === 'ready');
    expect(line(ben, chatId)?.notificationLevel).toBe('none');
    expect(line(ana, chatId)?.notificationLevel).toBe('all');
  });

  test('[CHAT6] an archived chat is put away for its person alone and comes back when asked', async () => {
    const chatId = await makeGroup(ana, ben);
    await ben.panel.request('setArchived', { chatId, archived: true });
    expect(line(ben, chatId)?.archived).toBe(true);
    expect(line(ana, chatId)?.archived).toBe(false);
    await ben.panel.request('setArchived', { chatId, archived: false });
    expect(line(ben, chatId)?.archived).toBe(false);
  });

  test('[CHAT6] an archived chat comes back when somebody writes', async () => {
    const chatId = await makeGroup(ana, ben);
    await ben.panel.request('setArchived', { chatId, archived: true });
    await ana.panel.request('renameChat', { chatId, title: 'Trip again' });
    await ben.panel.until(() => line(ben, chatId)?.title === 'Trip again');
    expect(line(ben, chatId)?.archived).toBe(true);
    await hears(ben, say(ana, chatId, 'are you there?'));
    expect(line(ben, chatId)?.archived).toBe(false);
    // And so it is found again.
    await ben.browser.kill();
    ben.browser.start();
    await ben.panel.until(({ status }) => status === 'ready' && line(ben, chatId)?.archived === false);
    await ben.panel.request('setArchived', { chatId, archived: true });
    expect(line(ben, chatId)?.archived).toBe(true);
  });

  test('[CHAT6] a group deleted for oneself is empty and away until somebody writes; for the others it stays', async () => {
    const chatId = await makeGroup(ana, ben);
    await hears(ben, say(ana, chatId, 'before'));
    await ben.panel.request('clearChat', { chatId });
    await ben.panel.untilView(({ messages, chat }) => messages.length === 0 && chat.archived);
    expect(line(ben, chatId)).toMatchObject({ archived: true, unread: 0, lastMessage: null });
    const view = await hears(ben, say(ana, chatId, 'after'));
    expect(view.messages.map(({ body }) => body)).toEqual(['after']);
    expect(line(ben, chatId)?.archived).toBe(false);
    await ben.browser.kill();
    ben.browser.start();
    const again = await ben.panel.untilView(({ messages }) => messages.some(({ body }) => body === 'after'));
    expect(again.messages.map(({ body }) => body)).toEqual(['after']);
    expect(ana.panel.snapshot().view?.messages.map(({ body }) => body)).toContain('before');
  });

  test('[CHAT6] the creator deletes the group for all after typing its name; nobody else does', async () => {
    const chatId = await makeGroup(ana, ben);
    const byBen = ben.panel.request('deleteChat', { chatId, title: 'Trip' });
    await expect(byBen).rejects.toMatchObject({ failure: { code: 'creator_only' } });
    const wrong = ana.panel.request('deleteChat', { chatId, title: 'Tip' });
    await expect(wrong).rejects.toMatchObject({ failure: { code: 'title_mismatch' } });
    await hears(ben, say(ana, chatId, 'still here'));
    await ana.panel.request('deleteChat', { chatId, title: 'Trip' });
    await Promise.all([without(ana, chatId), without(ben, chatId)]);
  });

  test('[CHAT6] a solo chat is deleted without typing anything', async () => {
    const chatId = newId();
    await ana.panel.request('createChat', { id: chatId, kind: 'solo', title: '' });
    await ana.panel.request('deleteChat', { chatId, title: '' });
    await without(ana, chatId);
  });

  test('[CHAT2] a solo chat becomes a group that is a copy, and stays as it is', async () => {
    const solo = newId();
    await ana.panel.request('createChat', { id: solo, kind: 'solo', title: '' });
    ana.panel.watch(solo);
    const said = newId();
    ana.panel.send({ id: said, chatId: solo, body: 'only for me', target: 'people', replyTo: null, files: [] });
    await hears(ana, said);
    const nameless = ana.panel.request('copyChat', { chatId: solo, id: newId(), title: '  ' });
    await expect(nameless).rejects.toMatchObject({ failure: { code: 'title_invalid' } });
    const id = newId();
    await ana.panel.request('copyChat', { chatId: solo, id, title: 'Our trip' });
    ana.panel.watch(id);
    const view = await ana.panel.untilView(({ chat, messages }) => chat.id === id && messages.length > 1);
    expect(view.chat).toMatchObject({ kind: 'group', title: 'Our trip', unread: 0 });
    expect(view.messages.map(({ body, notice }) => notice?.type ?? body)).toEqual(['only for me', 'copied']);
    expect(view.messages[0]?.id).not.toBe(said);
    ana.panel.watch(solo);
    const source = await ana.panel.untilView(({ chat, messages }) => chat.id === solo && messages.length > 0);
    expect(source.messages.map(({ body }) => body)).toEqual(['only for me']);
  });

  test('[MEM2] the creator hands the group over and may then be removed; others cannot take it', async () => {
    const chatId = await makeGroup(ana, ben);
    const taken = ben.panel.request('handOver', { chatId, userId: ben.id });
    await expect(taken).rejects.toMatchObject({ failure: { code: 'creator_only' } });
    await ana.panel.request('handOver', { chatId, userId: ben.id });
    const view = await ben.panel.untilView(({ chat }) => chat.creatorId === ben.id);
    await ben.panel.untilView(({ members }) => members.some(({ id, role }) => id === ben.id && role === 'creator'));
    expect(view.messages.at(-1)?.notice).toEqual({ type: 'creator', userId: ben.id, by: ana.id });
    await ben.panel.request('removeMember', { chatId, userId: ana.id });
    await without(ana, chatId);
  });
});
