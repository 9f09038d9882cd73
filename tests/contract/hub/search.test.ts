import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hears, join, makeGroup, say, type TestPerson } from '../../support/people.ts';
import { stackUnderTest } from '../../support/stack.ts';

describe('[CHAT7] searching', () => {
  let ana: TestPerson;
  let ben: TestPerson;
  let chatId: string;

  beforeAll(async () => {
    [ana, ben] = await Promise.all([join(stackUnderTest(), 'Ana'), join(stackUnderTest(), 'Ben')]);
    chatId = await makeGroup(ana, ben);
  });
  afterAll(() => Promise.all([ana.browser.stop(), ben.browser.stop()]));

  const usernameOf = ({ id, panel }: TestPerson) => panel.snapshot().view?.people[id]?.username ?? '';
  const search = (who: TestPerson, text: string, from: string | null = null) =>
    who.panel.request('search', { text, chatId: null, from, before: null });

  test('a message is found by its words and by who wrote it, and shown among its neighbours', async () => {
    const needle = say(ben, chatId, 'The lighthouse stands at the harbour');
    await hears(ana, needle);
    let last = needle;
    for (let count = 0; count < 120; count++) last = say(ben, chatId, `ordinary ${count}`);
    await hears(ben, last);
    await hears(ana, last);

    const found = await search(ana, 'lighth');
    expect(found.messages.map(({ id }) => id)).toEqual([needle]);
    expect(found.people[ben.id]?.displayName).toBe('Ben');
    expect((await search(ana, 'lighthouse', usernameOf(ben))).messages).toHaveLength(1);
    expect((await search(ana, 'lighthouse', usernameOf(ana))).messages).toEqual([]);
    expect((await search(ana, 'lighthouse', 'nobody.at.all')).messages).toEqual([]);

    const { seq } = found.messages[0]!;
    expect(ana.panel.snapshot().view?.messages.some(({ id }) => id === needle)).toBe(false);
    await ana.panel.watchAt(chatId, seq);
    const view = await ana.panel.untilView(({ messages }) => messages.some(({ id }) => id === needle));
    expect(view.hasNewer).toBe(true);
    // The same from another chat, or from none.
    ana.panel.watch(null);
    await ana.panel.watchAt(chatId, seq);
    const again = await ana.panel.untilView(() => true);
    expect(again.messages.some(({ id }) => id === needle)).toBe(true);
  });

  test('page by page', async () => {
    const first = await search(ana, 'ordinary');
    expect([first.messages.length, first.hasMore]).toEqual([20, true]);
    const ids = new Set(first.messages.map(({ id }) => id));
    const next = await ana.panel.request('search', {
      text: 'ordinary',
      chatId: null,
      from: null,
      before: first.messages.at(-1)?.id ?? null,
    });
    for (const { id } of next.messages) ids.add(id);
    expect(ids.size).toBe(40);
  });

  test('who is removed finds nothing any more', async () => {
    expect((await search(ben, 'lighthouse')).messages).toHaveLength(1);
    await ana.panel.request('removeMember', { chatId, userId: ben.id });
    expect((await search(ben, 'lighthouse')).messages).toEqual([]);
  });
});
