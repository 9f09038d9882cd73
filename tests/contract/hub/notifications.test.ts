import { createClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readFact, writeFact } from '../../../lib/data/store/facts.ts';
import { openStore } from '../../../lib/data/store/store.ts';
import { newId } from '../../../lib/model/ids.ts';
import { openBrowser } from '../../support/browser.ts';
import { hears, join, makeGroup, say, type TestPerson } from '../../support/people.ts';
import { stackUnderTest } from '../../support/stack.ts';

/** Ana is told of what Ben writes; no panel of hers is open unless a test opens one. */
describe('[NOTE1] notifications', () => {
  let ana: TestPerson;
  let ben: TestPerson;
  let chatId: string;

  const shown = () => ana.browser.notifications.shown;
  const standing = () => ana.browser.notifications.standing;
  const texts = () => shown().map(({ text }) => text);
  const until = (isTrue: () => boolean) => expect.poll(isTrue, { timeout: 15_000 }).toBe(true);
  /** Ben writes, and it is on the server when this resolves. */
  const benSays = async (...bodies: readonly string[]) => {
    const ids = bodies.map((body) => say(ben, chatId, body));
    await hears(ben, ids.at(-1)!);
    return ids;
  };

  /** How far Ana has read, to the server. */
  const readSeq = async () => {
    const { url, publishableKey } = stackUnderTest();
    const client = createClient(url, publishableKey, { auth: { persistSession: false } });
    await client.auth.signInWithPassword(ana);
    const { data } = await client.rpc('read_positions', { p_chat: chatId }).throwOnError();
    return (data as { user_id: string; seq: number }[]).find(({ user_id }) => user_id === ana.id)?.seq ?? 0;
  };

  beforeAll(async () => {
    [ana, ben] = await Promise.all([join(stackUnderTest(), 'Ana'), join(stackUnderTest(), 'Ben')]);
    chatId = await makeGroup(ana, ben);
    ana.panel.close();
  });
  afterAll(() => Promise.all([ana.browser.stop(), ben.browser.stop()]));
  beforeEach(() => expect(ana.browser.log).toEqual([]));

  test('without any panel, a message is told with chat, author and first line, once', async () => {
    await benSays('# See **you** there\n\nat eight');
    await until(() => shown().length === 1);
    expect(shown()).toEqual([{ chatId, title: 'Trip', text: 'Ben: See you there' }]);
    ana.browser.hub.wake();
    await benSays('second');
    await until(() => shown().length === 2);
    expect(texts()).toEqual(['Ben: See you there', 'Ben: second']);
    expect([...standing().values()]).toEqual([shown()[1]]);
  });

  test('a worker that was ended tells nothing twice, and what came meanwhile in one notification', async () => {
    const before = shown().length;
    await ana.browser.kill();
    ana.browser.start();
    await benSays('after the restart');
    await until(() => shown().length > before);
    expect(texts().slice(before)).toEqual(['Ben: after the restart']);

    await ana.browser.kill();
    await benSays(...Array.from({ length: 12 }, (_, index) => `missed ${index}`));
    ana.browser.start();
    await until(() => shown().length > before + 1);
    expect(texts().slice(before + 1)).toEqual(['12 new messages']);
  });

  test('a worker that was ended before it could tell tells it later', async () => {
    const before = shown().length;
    const store = openStore(ana.browser.storeName);
    const told = await readFact(store, 'told');
    await benSays('told too late');
    await until(() => shown().length > before);
    await ana.browser.kill();
    // As if it had been ended between storing the message and telling it.
    await writeFact(store, 'told', told);
    await store.close();
    ana.browser.start();
    await until(() => shown().length > before + 1);
    expect(texts().at(-1)).toBe('Ben: told too late');
  });

  test('a chat in view is not told, and being seen takes its notification away', async () => {
    expect(standing().has(chatId)).toBe(true);
    const panel = ana.browser.openPanel('overlay');
    panel.setVisible(true);
    panel.watch(chatId);
    await until(() => !standing().has(chatId));
    const before = shown().length;
    const [id] = await benSays('in view');
    await hears({ ...ana, panel }, id!);
    panel.setVisible(false);
    // The answer to a later request says that the hub has heard the panel is hidden.
    await panel.request('setVisible', { visible: false });
    await benSays('behind another tab');
    await until(() => shown().length > before);
    expect(texts().slice(before)).toEqual(['Ben: behind another tab']);
    panel.close();
  });

  test('a panel says again that it is seen when the worker was ended', async () => {
    const panel = ana.browser.openPanel('window');
    panel.setVisible(true);
    panel.watch(chatId);
    await panel.untilView(() => true);
    await ana.browser.kill();
    const before = shown().length;
    ana.browser.start();
    // What is answered was asked after the panel had said so.
    await panel.request('usernameAvailable', { username: 'anybody' });
    const [id] = await benSays('still in view');
    await hears({ ...ana, panel }, id!);
    panel.close();
    await benSays('panel closed');
    await until(() => shown().length > before);
    expect(texts().slice(before)).toEqual(['Ben: panel closed']);
  });

  test('what is read in another browser is no notification any more, and is not told where it was missed', async () => {
    await benSays('read elsewhere');
    await until(() => standing().get(chatId)?.text === 'Ben: read elsewhere');
    const elsewhere = openBrowser(stackUnderTest());
    const panel = elsewhere.openPanel();
    await panel.request('signIn', { email: ana.email, password: ana.password });
    const lastSeq = () => panel.snapshot().app?.chats.find(({ id }) => id === chatId)?.lastSeq ?? 0;
    await panel.until(() => lastSeq() > 0);
    // A new browser begins with what comes, not with all that is unread.
    expect(elsewhere.notifications.shown).toEqual([]);
    await panel.request('markRead', { chatId, seq: lastSeq() });
    await until(() => {
      ana.browser.hub.wake();
      return !standing().has(chatId);
    });

    await ana.browser.kill();
    const before = shown().length;
    const seq = lastSeq();
    await benSays('read while this browser was closed');
    await panel.until(() => lastSeq() > seq);
    await panel.request('markRead', { chatId, seq: lastSeq() });
    await expect.poll(readSeq, { timeout: 15_000 }).toBe(lastSeq());
    ana.browser.start();
    await benSays('and one more');
    await until(() => shown().length > before);
    expect(texts().slice(before)).toEqual(['Ben: and one more']);
    await elsewhere.stop();
  });

  test('own messages and notices are not told, nor anything of a muted chat', async () => {
    const before = shown().length;
    const panel = ana.browser.openPanel();
    panel.watch(chatId);
    await hears({ ...ana, panel }, say({ ...ana, panel }, chatId, 'my own'));
    await ben.panel.request('renameChat', { chatId, title: 'Journey' });
    await panel.untilView(({ chat }) => chat.title === 'Journey');
    await panel.request('setNotificationLevel', { chatId, level: 'none' });
    expect(standing().size).toBe(0);
    const [id] = await benSays('muted');
    await hears({ ...ana, panel }, id!);
    await panel.request('setNotificationLevel', { chatId, level: 'all' });
    await benSays('heard again');
    await until(() => shown().length > before);
    expect(shown().slice(before)).toEqual([{ chatId, title: 'Journey', text: 'Ben: heard again' }]);
    panel.close();
  });

  test('in quiet hours nothing is shown, in none of the browsers, and the number still counts', async () => {
    const elsewhere = openBrowser({ ...stackUnderTest(), timeZone: 'Asia/Tokyo' });
    const panel = elsewhere.openPanel();
    await panel.request('signIn', { email: ana.email, password: ana.password });
    await panel.until(({ app }) => app?.connection === 'online' && app.chats.length > 0);
    const here = ana.browser.openPanel();
    await here.until(({ app }) => app?.connection === 'online');
    const minutes = (shift: number) => new Date(Date.now() + shift * 60_000).toISOString().slice(11, 16);
    const hours = { from: minutes(-60), to: minutes(60) };
    await here.request('setQuietHours', { hours });
    expect(here.snapshot().app?.quietHours).toEqual({ ...hours, timeZone: 'UTC' });
    // It is told to the other browser, whose clock shows another time: there it is not quiet.
    await panel.until(({ app }) => app?.quietHours?.from === hours.from);

    let unread = 0;
    ana.browser.hub.onUnread((chats) => {
      unread = chats;
    });
    here.close();
    const before = shown().length;
    await benSays('at night');
    await until(() => elsewhere.notifications.shown.length === 1 && unread === 1);
    await ana.browser.kill();
    ana.browser.start();
    const again = ana.browser.openPanel();
    await again.until(({ app }) => app?.quietHours?.from === hours.from);
    await again.request('setQuietHours', { hours: null });
    await benSays('by day');
    await until(() => shown().length > before);
    expect(texts().slice(before)).toEqual(['Ben: by day']);
    again.close();
    await elsewhere.stop();
  });

  test('a click opens the chat in a panel that is open, or in the next one', async () => {
    const focused: string[] = [];
    const browser = openBrowser({
      ...stackUnderTest(),
      host: {
        async focus() {
          focused.push('focus');
        },
      },
    });
    const panel = browser.openPanel('window');
    await panel.request('signIn', { email: ana.email, password: ana.password });
    await panel.until(({ app }) => (app?.chats.length ?? 0) > 0);
    expect(await browser.hub.openChat(chatId)).toBe(true);
    expect((await panel.until(({ view }) => view !== null)).view?.chat.id).toBe(chatId);
    expect(focused).toEqual(['focus']);
    panel.watch(null);
    await panel.request('watch', { chatId: null });
    panel.close();
    await until(() => focused.length === 1);
    await browser.kill();
    browser.start();
    expect(await browser.hub.openChat(chatId)).toBe(false);
    const next = browser.openPanel('window');
    expect((await next.until(({ chatId: first }) => first !== null)).chatId).toBe(chatId);
    await browser.stop();
  });

  test("the AI's answer is told under its name where no panel shows the chat, seen or not", async () => {
    const solo = newId();
    const panel = ana.browser.openPanel();
    await panel.request('createChat', { id: solo, kind: 'solo', title: '' });
    panel.watch(solo);
    const isAnswered = (count: number) =>
      panel.untilView(({ messages }) => messages.filter(({ kind }) => kind === 'assistant').length === count);
    const before = shown().length;
    say({ ...ana, panel }, solo, 'what is lagan?');
    await isAnswered(1);
    expect(shown()).toHaveLength(before);
    await hears({ ...ana, panel }, say({ ...ana, panel }, solo, 'and flotsam?'));
    panel.close();
    await until(() => shown().length > before);
    const [told] = shown().slice(before);
    expect(told).toMatchObject({ chatId: solo, title: 'Chat with Sideroom' });
    expect(told?.text).toMatch(/^Sideroom: \S/);
  });

  test('signing out takes everything off the screen', async () => {
    await benSays('before leaving');
    await until(() => standing().has(chatId));
    const panel = ana.browser.openPanel();
    await panel.request('signOut', {});
    expect(standing().size).toBe(0);
    const before = shown().length;
    await benSays('to nobody');
    ana.browser.hub.wake();
    await panel.request('signIn', { email: ana.email, password: ana.password });
    await panel.until(({ app }) => (app?.chats.length ?? 0) > 0);
    expect(shown()).toHaveLength(before);
  });
});
