import { createClient } from '@supabase/supabase-js';
import { afterEach, describe, expect, test } from 'vitest';
import { deleteChat } from '../../../lib/data/store/chats.ts';
import { readFact, writeFact } from '../../../lib/data/store/facts.ts';
import { readMessages } from '../../../lib/data/store/messages.ts';
import { readMembers } from '../../../lib/data/store/people.ts';
import { openStore } from '../../../lib/data/store/store.ts';
import { newId } from '../../../lib/model/ids.ts';
import { openBrowser, type TestBrowser } from '../../support/browser.ts';
import { type Network, startNetwork } from '../../support/network.ts';
import { hears, join, makeGroup, say } from '../../support/people.ts';
import { stackUnderTest, waitForCode } from '../../support/stack.ts';

const HOUR = 3_600_000;

describe('session', () => {
  const opened: (TestBrowser | Network)[] = [];
  const keep = <T extends TestBrowser | Network>(thing: T): T => {
    opened.push(thing);
    return thing;
  };
  afterEach(async () => {
    for (const thing of opened.splice(0)) await thing.stop();
  });

  test('a code by e-mail signs a new person up, and a wrong one does not', async () => {
    const { panel } = newcomer(keep);
    const email = `${newId()}@example.test`;
    await panel.request('requestCode', { email });
    const code = await waitForCode(stackUnderTest(), email);
    const wrong = panel.request('verifyCode', { email, code: code === '123456' ? '654321' : '123456' });
    await expect(wrong).rejects.toMatchObject({ failure: { code: 'wrong_code' } });
    await panel.request('verifyCode', { email, code });
    expect(panel.snapshot().app?.session).toMatchObject({ name: 'needs-profile', email });
  });

  test('wrong passwords, weak passwords, taken addresses and bad ones each say so', async () => {
    const ana = await join(stackUnderTest(), 'Ana');
    keep(ana.browser);
    const { panel } = newcomer(keep);
    const { email } = ana;
    const password = 'long enough to pass';
    const refusals = {
      wrong_credentials: ['signIn', { email, password: 'not the password' }],
      email_taken: ['signUp', { email, password }],
      weak_password: ['signUp', { email: `${newId()}@example.test`, password: 'short' }],
      email_invalid: ['signUp', { email: 'no address', password }],
    } as const;
    for (const [code, [name, params]] of Object.entries(refusals)) {
      await expect(panel.request(name, params), code).rejects.toMatchObject({ failure: { code } });
    }
    expect(panel.snapshot().app?.session.name).toBe('signed-out');
  });

  test('[INV8] without a profile nobody joins or makes a chat', async () => {
    const { panel } = newcomer(keep);
    await panel.request('signUp', { email: `${newId()}@example.test`, password: 'long enough to pass' });
    const creation = panel.request('createChat', { id: newId(), kind: 'group', title: 'Trip' });
    await expect(creation).rejects.toMatchObject({ failure: { code: 'profile_required' } });
    const early = panel.request('saveProfile', { displayName: 'Kim', username: 'kim', avatar: { kind: 'generated' } });
    await expect(early).rejects.toMatchObject({ failure: { code: 'birth_date_required' } });
    await panel.request('setBirthDate', { date: '1990-06-15' });
    const shapeless = panel.request('saveProfile', {
      displayName: ' ',
      username: 'A B',
      avatar: { kind: 'generated' },
    });
    await expect(shapeless).rejects.toMatchObject({ failure: { code: 'profile_invalid' } });
  });

  test('[SAFE1] whoever is too young is signed out kindly, and there is no account', async () => {
    const { panel } = newcomer(keep);
    const person = { email: `${newId()}@example.test`, password: 'long enough to pass' };
    await panel.request('signUp', person);
    expect(panel.snapshot().app?.session).toMatchObject({ name: 'needs-profile', isAgeKnown: false });
    const impossible = panel.request('setBirthDate', { date: '2999-01-01' });
    await expect(impossible).rejects.toMatchObject({ failure: { code: 'birth_date_invalid' } });
    const date = `${new Date().getFullYear() - 9}-01-01`;
    await expect(panel.request('setBirthDate', { date })).rejects.toMatchObject({ failure: { code: 'too_young' } });
    const failure = { code: 'too_young' };
    await panel.until(({ app }) => app?.session.name === 'signed-out');
    expect(panel.snapshot().app?.session).toMatchObject({ failure });
    await expect(panel.request('signIn', person)).rejects.toMatchObject({ failure: { code: 'wrong_credentials' } });
  });

  test('[SAFE1] the date of birth comes before the profile, and once', async () => {
    const { panel } = newcomer(keep);
    await panel.request('signUp', { email: `${newId()}@example.test`, password: 'long enough to pass' });
    await panel.request('setBirthDate', { date: '1990-06-15' });
    expect(panel.snapshot().app?.session).toMatchObject({ name: 'needs-profile', isAgeKnown: true });
    const other = panel.request('setBirthDate', { date: '1991-06-15' });
    await expect(other).rejects.toMatchObject({ failure: { code: 'birth_date_stands' } });
  });

  test('a worker that was ended comes back signed in, with its chats, before the server has answered', async () => {
    const network = keep(await startNetwork(stackUnderTest().url));
    const ana = await join({ ...stackUnderTest(), url: network.url }, 'Ana');
    keep(ana.browser);
    const chatId = await makeGroup(ana);
    await hears(ana, say(ana, chatId, 'kept'));
    const store = openStore(ana.browser.storeName);
    await expect.poll(() => readMembers(store, chatId)).toHaveLength(1);
    await store.close();
    await ana.browser.kill();
    network.cut();
    ana.browser.start();
    const panel = ana.browser.openPanel();
    panel.watch(chatId);
    const view = await panel.untilView(({ messages }) => messages.some(({ body }) => body === 'kept'));
    expect(view.members.map(({ displayName }) => displayName)).toEqual(['Ana']);
    expect(panel.snapshot().app).toMatchObject({ session: { name: 'signed-in' }, chatsLoaded: true });
    await panel.until(({ app }) => app?.connection === 'offline');
    network.restore();
    await panel.until(({ app }) => app?.connection === 'online');
  });

  test('a server that is down at the start and while signing in is said to be, and found again', async () => {
    const network = keep(await startNetwork(stackUnderTest().url));
    network.cut();
    const browser = keep(openBrowser({ ...stackUnderTest(), url: network.url }));
    const panel = browser.openPanel();
    const person = { email: `${newId()}@example.test`, password: 'long enough to pass' };
    await expect(panel.request('signUp', person)).rejects.toMatchObject({ failure: { code: 'unreachable' } });
    expect(panel.snapshot().app).toMatchObject({ session: { name: 'signed-out' }, connection: 'offline' });
    network.restore();
    await panel.request('signUp', person);
    expect(panel.snapshot().app).toMatchObject({ session: { name: 'needs-profile' }, connection: 'online' });
  });

  test('a revoked session signs out with a word, and what was typed waits for the same person', async () => {
    const stack = stackUnderTest();
    const network = keep(await startNetwork(stack.url));
    const ana = await join({ ...stack, url: network.url }, 'Ana');
    keep(ana.browser);
    const chatId = await makeGroup(ana);
    network.cut();
    say(ana, chatId, 'typed before');
    await ana.panel.untilView(({ outbox }) => outbox.length === 1);
    await ana.panel.request('saveDraft', { chatId, text: 'half typed' });
    await revokeAll(ana);
    ana.browser.skip(HOUR);
    network.restore();
    ana.browser.hub.wake();
    const { app } = await ana.panel.until(({ app: state }) => state?.session.name === 'signed-out');
    expect(app).toMatchObject({ session: { failure: { code: 'signed_out' } }, chats: [], chatsLoaded: false });
    await expect(ana.panel.request('send', aMessage(chatId))).rejects.toMatchObject({
      failure: { code: 'signed_out' },
    });

    const { panel } = ana;
    panel.watch(null);
    await panel.request('signIn', { email: ana.email, password: ana.password });
    await panel.until(({ app: state }) => state?.chats.some(({ id }) => id === chatId) === true);
    panel.watch(chatId);
    const view = await panel.untilView(({ messages }) => messages.some(({ body }) => body === 'typed before'));
    expect(view.draft).toBe('half typed');
  });

  test('signing out forgets the person here, at once and without the server', async () => {
    const network = keep(await startNetwork(stackUnderTest().url));
    const ana = await join({ ...stackUnderTest(), url: network.url }, 'Ana');
    keep(ana.browser);
    const chatId = await makeGroup(ana);
    await ana.panel.request('saveDraft', { chatId, text: 'half typed' });
    network.cut();
    await ana.panel.request('signOut', {});
    expect(ana.panel.snapshot().app).toMatchObject({ session: { name: 'signed-out', failure: null }, chats: [] });
    await ana.browser.kill();
    ana.browser.start();
    const panel = ana.browser.openPanel();
    const { app } = await panel.until(({ app: state }) => state !== null);
    expect(app).toMatchObject({ session: { name: 'signed-out' }, chats: [], people: {} });
    network.restore();
    await panel.request('signIn', { email: ana.email, password: ana.password });
    await panel.until(({ app: state }) => state?.chats.length === 1);
    panel.watch(chatId);
    expect((await panel.untilView(() => true)).draft).toBe('');
  });

  test('many requests with a token that runs out refresh it once, and none of them fails', async () => {
    const ana = await join(stackUnderTest(), 'Ana');
    keep(ana.browser);
    const chatId = await makeGroup(ana);
    ana.browser.skip(HOUR);
    const invites = Array.from({ length: 10 }, () => ana.panel.request('createInvite', { chatId }));
    expect((await Promise.all(invites)).every(({ url }) => url.includes('#'))).toBe(true);
    await hears(ana, say(ana, chatId, 'still here'));
    ana.browser.skip(HOUR);
    await ana.browser.kill();
    ana.browser.start();
    await hears(ana, say(ana, chatId, 'and again'));
  });

  test('a token that the server refuses is replaced, and the request made again', async () => {
    const ana = await join(stackUnderTest(), 'Ana');
    keep(ana.browser);
    const chatId = await makeGroup(ana);
    await ana.browser.kill();
    const store = openStore(ana.browser.storeName);
    const session = await readFact(store, 'session');
    // As if clocks differed or the keys had been changed: it looks good from here.
    await writeFact(store, 'session', { ...session!, accessToken: `${session!.accessToken.slice(0, -4)}0000` });
    await store.close();
    ana.browser.start();
    await hears(ana, say(ana, chatId, 'all the same'));
    expect(ana.panel.snapshot().app?.session.name).toBe('signed-in');
  });

  test('[MSG2] a message into a chat that the ended worker had not stored yet is sent all the same', async () => {
    const ana = await join(stackUnderTest(), 'Ana');
    keep(ana.browser);
    const chatId = await makeGroup(ana);
    await ana.browser.kill();
    const store = openStore(ana.browser.storeName);
    await deleteChat(store, chatId, ana.id);
    await store.close();
    ana.browser.start();
    // A panel that opens now asks before the list was read.
    const message = aMessage(chatId);
    await ana.browser.openPanel().request('send', message);
    await hears(ana, message.id);
  });

  test('another person who signs in here sees nothing of the first, and the first finds what was typed', async () => {
    const ana = await join(stackUnderTest(), 'Ana');
    const ben = await join(stackUnderTest(), 'Ben');
    keep(ana.browser);
    keep(ben.browser);
    const chatId = await makeGroup(ana);
    await hears(ana, say(ana, chatId, 'private'));
    await ana.panel.request('saveDraft', { chatId, text: 'half typed' });
    const gone = ana.panel.until(({ view, chatId: shown }) => view === null && shown === null);
    await ana.panel.request('signIn', { email: ben.email, password: ben.password });
    const { app } = await ana.panel.until(({ app: state }) => state?.chatsLoaded === true);
    expect(app).toMatchObject({ session: { name: 'signed-in', me: { displayName: 'Ben' } }, chats: [], people: {} });
    await gone;
    const store = openStore(ana.browser.storeName);
    expect(await readMessages(store, chatId, { limit: 1 })).toEqual([]);
    await store.close();

    await ana.panel.request('signIn', { email: ana.email, password: ana.password });
    ana.panel.watch(chatId);
    expect((await ana.panel.untilView(({ messages }) => messages.length > 0)).draft).toBe('half typed');
  });

  test('[INV6] an opened link stands until it is answered, whatever ends in between', async () => {
    const browser = keep(openBrowser(stackUnderTest()));
    await browser.hub.openInvite('a-token');
    await browser.kill();
    browser.start();
    const panel = browser.openPanel();
    await panel.until(({ app }) => app?.intent?.token === 'a-token');
    await panel.request('dismissIntent', {});
    expect(panel.snapshot().app?.intent).toBe(null);
  });
});

const aMessage = (chatId: string) =>
  ({ id: newId(), chatId, body: 'hello', target: 'default', replyTo: null }) as const;

function newcomer(keep: (browser: TestBrowser) => TestBrowser) {
  const browser = keep(openBrowser(stackUnderTest()));
  return { browser, panel: browser.openPanel() };
}

/** Ends every session of the person, as "sign out everywhere" on another device does. */
async function revokeAll({ email, password }: { email: string; password: string }): Promise<void> {
  const { url, publishableKey } = stackUnderTest();
  const client = createClient(url, publishableKey, { auth: { persistSession: false } });
  await client.auth.signInWithPassword({ email, password });
  const { error } = await client.auth.signOut({ scope: 'global' });
  if (error) throw error;
}
