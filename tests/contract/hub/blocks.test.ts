import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readChats } from '../../../lib/data/store/chats.ts';
import { readMessages } from '../../../lib/data/store/messages.ts';
import { openStore } from '../../../lib/data/store/store.ts';
import { newId } from '../../../lib/model/ids.ts';
import { someBytes, stage } from '../../support/files.ts';
import { hears, join, makeGroup, say, type TestPerson } from '../../support/people.ts';
import { stackUnderTest } from '../../support/stack.ts';

const PATIENCE = { timeout: 15_000 };

describe('[SAFE5] a group in which one blocked another', () => {
  let ana: TestPerson;
  let ben: TestPerson;
  let cy: TestPerson;
  let chatId: string;

  beforeAll(async () => {
    const stack = stackUnderTest();
    [ana, ben, cy] = await Promise.all([join(stack, 'Ana'), join(stack, 'Ben'), join(stack, 'Cy')]);
  });
  afterAll(() => Promise.all([ana, ben, cy].map(({ browser }) => browser.stop())));
  beforeEach(async () => {
    await block(false);
    chatId = await makeGroup(ana, ben, cy);
  });

  const block = (blocked: boolean) => ana.panel.request('setBlocked', { userId: ben.id, blocked });
  const isGone = (who: TestPerson, id: string) =>
    who.panel.untilView(({ messages }) => messages.length > 0 && !messages.some((message) => message.id === id));
  const line = ({ panel }: TestPerson) => panel.snapshot().app?.chats.find(({ id }) => id === chatId);

  /** Everything that the person's browser keeps of the chat, as text. */
  async function kept({ browser }: TestPerson): Promise<string> {
    const store = openStore(browser.storeName);
    const all = JSON.stringify([await readChats(store), await readMessages(store, chatId, { limit: 500 })]);
    await store.close();
    return all;
  }

  test('is forgotten as far as it is hers, by the panel, the list and the store, and comes back', async () => {
    const words = say(ana, chatId, 'secret before');
    await Promise.all([hears(ben, words), hears(cy, words)]);
    await expect.poll(() => kept(ben)).toContain('secret before');
    await block(true);
    await isGone(ben, words);
    await expect.poll(() => kept(ben)).not.toContain('secret before');
    expect(line(ben)?.lastMessage?.body).not.toBe('secret before');
    expect(cy.panel.snapshot().view?.messages.some(({ id }) => id === words)).toBe(true);
    expect(ana.panel.snapshot().view?.messages.some(({ id }) => id === words)).toBe(true);
    await block(false);
    await hears(ben, words);
    await expect.poll(() => kept(ben)).toContain('secret before');
  });

  test('goes on for all three: what she writes is left out, and nobody waits for it', async () => {
    await block(true);
    const secret = say(ana, chatId, 'secret now');
    await hears(cy, secret);
    const next = say(cy, chatId, 'what a day', secret);
    const view = await hears(ben, next);
    expect(view.messages.some(({ id }) => id === secret)).toBe(false);
    await expect.poll(() => line(ben)?.lastMessage?.id).toBe(next);
    const seqs = view.messages.map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
    const mine = say(ben, chatId, 'hello?');
    await Promise.all([hears(ana, mine), hears(cy, mine)]);
    await expect.poll(() => kept(ben)).toContain('hello?');
    expect(await kept(ben)).not.toContain('secret now');
    const found = await ben.panel.request('search', { text: 'secret', chatId, from: null, before: null });
    expect(found.messages).toEqual([]);
  });

  test('is forgotten by a browser that was away, too, and counts the same after a restart', async () => {
    const words = say(ana, chatId, 'secret of old');
    await hears(ben, words);
    await expect.poll(() => kept(ben)).toContain('secret of old');
    ben.panel.watch(null);
    await ben.browser.kill();
    await block(true);
    await hears(cy, say(ana, chatId, 'secret meanwhile'));
    const news = say(cy, chatId, 'news');
    await hears(cy, news);
    ben.browser.start();
    await ben.panel.until(() => line(ben)?.lastMessage?.id === news);
    expect(line(ben)?.unread).toBe(1);
    await expect.poll(() => kept(ben)).not.toContain('secret of old');
    ben.panel.watch(chatId);
    await hears(ben, news);
    expect(await kept(ben)).not.toContain('secret');
    expect(ben.browser.log).toEqual([]);
  });

  test('keeps her files from him, also by their id', async () => {
    const file = await stage(ana, chatId, someBytes(100));
    const id = newId();
    ana.panel.send({ id, chatId, body: 'a file', target: 'people', replyTo: null, files: [file] });
    await hears(ben, id);
    const read = (who: TestPerson) =>
      who.panel.request('readAttachment', { chatId, id: file.id, part: 'file', offset: 0 });
    expect((await read(ben)).size).toBe(100);
    await block(true);
    await isGone(ben, id);
    await expect(read(ben)).rejects.toMatchObject({ failure: { code: 'not_found' } });
    expect((await read(cy)).size).toBe(100);
  });

  test('tells him of nothing that she writes, and her of nothing that he does', async () => {
    await block(true);
    const usernameOf = (who: TestPerson) => cy.panel.snapshot().view?.people[who.id]?.username ?? '';
    const [to, from] = [say(ana, chatId, `@${usernameOf(ben)} look`), say(ben, chatId, `@${usernameOf(ana)} look`)];
    await Promise.all([hears(cy, to), hears(cy, from)]);
    const last = say(cy, chatId, 'good night');
    await Promise.all([hears(ana, last), hears(ben, last)]);
    for (const who of [ana, ben]) expect(line(who)).toMatchObject({ mentioned: false });
  });

  test('shows neither that the other is here, writes, has read or reacted; and Cy shows all of it', async () => {
    const attend = ({ panel }: TestPerson, typing: boolean) => panel.request('attend', { chatId, typing });
    const state = ({ panel }: TestPerson, { id }: TestPerson) => panel.snapshot().view?.presence[id];
    const givers = ({ panel }: TestPerson, message: string) =>
      panel
        .snapshot()
        .view?.messages.find(({ id }) => id === message)
        ?.reactions.flatMap(({ userIds }) => userIds);
    const words = say(cy, chatId, 'see you at eight');
    await Promise.all([hears(ana, words), hears(ben, words)]);
    await attend(ana, false);
    await attend(ben, false);
    await expect.poll(() => [state(ana, ben), state(ben, ana)], PATIENCE).toEqual(['here', 'here']);
    await ana.panel.request('setReaction', { chatId, messageId: words, emoji: '🎉', on: true });
    await expect.poll(() => givers(ben, words), PATIENCE).toEqual([ana.id]);

    await block(true);
    await expect
      .poll(() => [state(ana, ben), state(ben, ana), givers(ben, words)], PATIENCE)
      .toEqual([undefined, undefined, []]);
    const fresh = say(cy, chatId, 'and bring a map');
    await Promise.all([hears(ana, fresh), hears(ben, fresh)]);
    const seq = ana.panel.snapshot().view?.messages.find(({ id }) => id === fresh)?.seq ?? 0;
    for (const who of [ana, ben]) {
      await who.panel.request('markRead', { chatId, seq });
      await attend(who, true);
      await who.panel.request('setReaction', { chatId, messageId: fresh, emoji: '👍', on: true });
    }
    const bothTo = (view: { reads: Readonly<Record<string, number>> }) =>
      [ana, ben].every(({ id }) => view.reads[id] === seq);
    await cy.panel.untilView(bothTo);
    await expect.poll(() => [state(cy, ana), state(cy, ben)], PATIENCE).toEqual(['typing', 'typing']);
    await expect.poll(() => givers(cy, fresh), PATIENCE).toEqual([ben.id, ana.id]);
    // What Cy does next comes after all of it.
    await attend(cy, true);
    await expect.poll(() => [state(ana, cy), state(ben, cy)], PATIENCE).toEqual(['typing', 'typing']);
    expect([state(ana, ben), state(ben, ana)]).toEqual([undefined, undefined]);
    expect(givers(ben, fresh)).toEqual([ben.id]);
    expect(ben.panel.snapshot().view?.reads[ana.id]).toBeUndefined();
    expect(await kept(ben)).not.toContain('🎉');

    // A browser that starts anew finds no more than that, and Cy's finds all of it.
    for (const who of [ben, cy]) {
      await who.browser.kill();
      who.browser.start();
    }
    await cy.panel.untilView(bothTo);
    await expect.poll(() => givers(cy, fresh), PATIENCE).toEqual([ben.id, ana.id]);
    await ben.panel.untilView(({ reads }) => reads[ben.id] === seq);
    expect(ben.panel.snapshot().view?.reads[ana.id]).toBeUndefined();
    expect(givers(ben, fresh)).toEqual([ben.id]);
    for (const who of [ana, ben, cy]) await who.panel.request('attend', { chatId: null, typing: false });
  });
});
