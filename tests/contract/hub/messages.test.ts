import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '../../../lib/model/chat.ts';
import { hears, join, makeGroup, say, type TestPerson } from '../../support/people.ts';
import { stackUnderTest } from '../../support/stack.ts';

describe('what people do with messages that are there', () => {
  let ana: TestPerson;
  let ben: TestPerson;
  let chatId: string;

  beforeAll(async () => {
    [ana, ben] = await Promise.all([join(stackUnderTest(), 'Ana'), join(stackUnderTest(), 'Ben')]);
    chatId = await makeGroup(ana, ben);
  });
  afterAll(() => Promise.all([ana.browser.stop(), ben.browser.stop()]));

  const find = (view: { messages: readonly Message[] }, id: string) =>
    view.messages.find((message) => message.id === id);
  /** Resolves with the message once the person's panel shows it so. */
  async function sees({ panel }: TestPerson, id: string, matches: (message: Message) => boolean): Promise<Message> {
    const view = await panel.untilView((shown) => {
      const message = find(shown, id);
      return message !== undefined && matches(message);
    });
    return find(view, id) as Message;
  }
  async function said(who: TestPerson, body: string): Promise<string> {
    const id = say(who, chatId, body);
    await Promise.all([hears(ana, id), hears(ben, id)]);
    return id;
  }

  test('[MSG4] a reaction is seen by all, and goes when it is taken back', async () => {
    const id = await said(ana, 'hello');
    const message = await sees(ben, id, () => true);
    const given = ben.panel.react(message, { emoji: '🎉', userId: ben.id, on: true });
    // Before the server has answered.
    expect(find(ben.panel.snapshot().view ?? { messages: [] }, id)?.reactions).toEqual([
      { emoji: '🎉', userIds: [ben.id] },
    ]);
    await given;
    await sees(ana, id, ({ reactions }) => reactions[0]?.userIds[0] === ben.id);
    await ben.panel.react(message, { emoji: '🎉', userId: ben.id, on: false });
    await sees(ana, id, ({ reactions }) => reactions.length === 0);
  });

  test('[MSG4] what the server refuses as a reaction is gone again', async () => {
    const id = await said(ana, 'no words');
    const message = await sees(ben, id, () => true);
    const words = ben.panel.react(message, { emoji: 'words', userId: ben.id, on: true });
    await expect(words).rejects.toMatchObject({ failure: { code: 'emoji_invalid' } });
    expect(find(ben.panel.snapshot().view ?? { messages: [] }, id)?.reactions).toEqual([]);
  });

  test('[MSG4] an edit is seen by all, with every wording; only by its author', async () => {
    const id = await said(ana, 'frist');
    await ana.panel.request('editMessage', { chatId, messageId: id, body: 'first' });
    const edited = await sees(ben, id, ({ body }) => body === 'first');
    expect(edited.editedAt).not.toBeNull();
    expect(await ben.panel.request('readVersions', { messageId: id })).toMatchObject([{ body: 'frist' }]);
    const byBen = ben.panel.request('editMessage', { chatId, messageId: id, body: 'mine' });
    await expect(byBen).rejects.toMatchObject({ failure: { code: 'author_only' } });
    const empty = ana.panel.request('editMessage', { chatId, messageId: id, body: ' ' });
    await expect(empty).rejects.toMatchObject({ failure: { code: 'empty' } });
    const long = ana.panel.request('editMessage', { chatId, messageId: id, body: 'x'.repeat(16_001) });
    await expect(long).rejects.toMatchObject({ failure: { code: 'too_long' } });
  });

  test('[MSG4] a deleted message leaves its place, here and in the store of whoever was away', async () => {
    const id = await said(ana, 'regret');
    await ben.browser.kill();
    await ana.panel.request('deleteMessage', { chatId, messageId: id });
    await sees(ana, id, ({ deletedAt, body }) => deletedAt !== null && body === '');
    ben.browser.start();
    await sees(ben, id, ({ deletedAt, body }) => deletedAt !== null && body === '');
    const again = ana.panel.request('editMessage', { chatId, messageId: id, body: 'back' });
    await expect(again).rejects.toMatchObject({ failure: { code: 'not_found' } });
  });

  test('[MSG5] [CHAT3] who is addressed finds the chat marked, until it is read', async () => {
    const [name] = (ben.panel.snapshot().view?.members ?? []).flatMap(({ id, username }) =>
      id === ben.id ? username : [],
    );
    const id = await said(ana, `look @${name}`);
    expect((await sees(ben, id, () => true)).mentions).toEqual([ben.id]);
    const line = ({ panel }: TestPerson) => panel.snapshot().app?.chats.find((chat) => chat.id === chatId);
    await ben.panel.until(() => line(ben)?.mentioned === true);
    expect(line(ana)?.mentioned).toBe(false);
    const seq = (await sees(ben, id, () => true)).seq;
    await ben.panel.request('markRead', { chatId, seq });
    await ben.panel.until(() => line(ben)?.mentioned === false);
  });
});
