import { createClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../lib/model/ids.ts';
import { MAX_SHOWN } from '../../../lib/model/piece.ts';
import { type Network, startNetwork } from '../../support/network.ts';
import { hears, join, joinByLink, makeGroup, say, type TestPerson } from '../../support/people.ts';
import { stackUnderTest } from '../../support/stack.ts';

describe('catching up', () => {
  let network: Network;
  let ana: TestPerson;
  let ben: TestPerson;
  let chatId: string;

  beforeAll(async () => {
    const stack = stackUnderTest();
    network = await startNetwork(stack.url);
    [ana, ben] = await Promise.all([join({ ...stack, url: network.url }, 'Ana'), join(stack, 'Ben')]);
    chatId = await makeGroup(ana, ben);
    await ana.panel.until(({ app }) => app?.connection === 'online');
  });
  afterAll(async () => {
    await Promise.all([ana.browser.stop(), ben.browser.stop()]);
    await network.stop();
  });

  test("[MSG3] what was missed is there within 3 s of the connection's return, each once and in order", async () => {
    network.cut();
    await ana.panel.until(({ app }) => app?.connection === 'offline');
    const missed = Array.from({ length: 20 }, (_, index) => say(ben, chatId, `missed ${index}`));
    await hears(ben, missed.at(-1)!);
    const back = performance.now();
    network.restore();
    const view = await hears(ana, missed.at(-1)!);
    expect(performance.now() - back).toBeLessThan(3000);
    expect(view.messages.filter(({ body }) => body.startsWith('missed')).map(({ id }) => id)).toEqual(missed);
  });

  test('[MSG3] without a socket a panel still gets what is written, a moment later', async () => {
    network.cutSockets();
    await ana.panel.until(({ app }) => app?.connection === 'connecting');
    const id = say(ben, chatId, 'no socket');
    await hears(ana, id);
    await hears(ben, say(ana, chatId, 'but requests'));
    expect(ana.panel.snapshot().app?.connection).toBe('connecting');
    network.restore();
    await ana.panel.until(({ app }) => app?.connection === 'online');
  });

  test('[MSG3] a worker that was away finds what came meanwhile, and the panel stays as it was', async () => {
    const before = ana.panel.snapshot().view;
    await ana.browser.kill();
    const id = say(ben, chatId, 'while you were away');
    await hears(ben, id);
    ana.browser.start();
    const view = await hears(ana, id);
    expect(view.messages.slice(0, -1)).toEqual(before?.messages);
  });

  test('[MSG3] whoever missed very much begins anew at the latest page', async () => {
    const stack = stackUnderTest();
    const cy = await join({ ...stack }, 'Cy');
    await joinByLink(cy, (await ana.panel.request('createInvite', { chatId })).url);
    cy.panel.watch(chatId);
    await cy.panel.untilView(({ members }) => members.length === 3);
    await cy.browser.kill();
    const client = createClient(stack.url, stack.publishableKey, { auth: { persistSession: false } });
    await client.auth.signInWithPassword({ email: ben.email, password: ben.password });
    const rows = Array.from({ length: 620 }, (_, index) => ({ id: newId(), chat_id: chatId, body: `many ${index}` }));
    await client.from('messages').insert(rows).throwOnError();
    cy.browser.start();
    const last = rows.at(-1)!;
    const view = await hears(cy, last.id);
    expect(view.hasOlder).toBe(true);
    const seqs = view.messages.map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from(seqs, (_, index) => (seqs[0] ?? 0) + index));

    await cy.panel.loadOlder();
    const longer = await cy.panel.untilView(({ messages }) => messages.length > view.messages.length);
    expect(longer.messages.slice(-view.messages.length)).toEqual(view.messages);
    expect(new Set(longer.messages.map(({ id }) => id)).size).toBe(longer.messages.length);
    await cy.browser.stop();
  });

  test('[MSG8] a chat is read to its beginning and back, page by page, without a hole, and no panel holds all of it', async () => {
    const panel = ana.browser.openPanel();
    panel.watch(chatId);
    const seen = new Map<string, number>();
    const look = ({ messages }: { messages: readonly { id: string; seq: number }[] }) => {
      expect(messages.length).toBeLessThanOrEqual(MAX_SHOWN);
      for (const { id, seq } of messages) seen.set(id, seq);
    };
    // It opens where the unread messages begin, far above the end.
    let view = await panel.untilView(({ messages }) => messages.length > 0);
    const { lastReadSeq } = view.chat;
    expect(view.hasNewer).toBe(true);
    expect(view.messages.some(({ seq }) => seq > lastReadSeq)).toBe(true);
    await panel.showAround(null);
    view = panel.snapshot().view ?? view;
    expect(view.hasNewer).toBe(false);
    while (view.hasOlder) {
      look(view);
      await panel.loadOlder();
      view = panel.snapshot().view ?? view;
    }
    look(view);
    expect(view.messages[0]?.notice?.type).toBe('created');
    const upwards = new Map(seen);
    expect(upwards.size).toBeGreaterThan(640);

    seen.clear();
    while (view.hasNewer) {
      look(view);
      await panel.loadNewer();
      view = panel.snapshot().view ?? view;
    }
    look(view);
    expect(seen).toEqual(upwards);
    panel.close();
  });

  test("unread messages are counted, and reading is known in the person's other browsers", async () => {
    const other = ben.browser.openPanel();
    ben.panel.watch(null);
    const unread = (panel: typeof other) => panel.snapshot().app?.chats.find(({ id }) => id === chatId)?.unread;
    const { app } = await other.until(({ app: state }) => (state?.chats.length ?? 0) > 0);
    const lastSeq = app?.chats.find(({ id }) => id === chatId)?.lastSeq ?? 0;
    await other.request('markRead', { chatId, seq: lastSeq });
    await other.until(() => unread(other) === 0);
    say(ana, chatId, 'one');
    say(ana, chatId, 'two');
    const counted = await other.until(() => unread(other) === 2);
    const { lastSeq: latest } = counted.app!.chats.find(({ id }) => id === chatId)!;
    await other.request('markRead', { chatId, seq: latest });
    await other.until(() => unread(other) === 0);
    const { openBrowser } = await import('../../support/browser.ts');
    const elsewhere = openBrowser(stackUnderTest());
    const panel = elsewhere.openPanel();
    await panel.request('signIn', { email: ben.email, password: ben.password });
    await panel.until(({ app: state }) => state?.chats.find(({ id }) => id === chatId)?.lastReadSeq === latest);
    await elsewhere.stop();
    other.close();
  });
});
