import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readOutbox } from '../../../lib/data/store/outbox.ts';
import { openStore } from '../../../lib/data/store/store.ts';
import { newId } from '../../../lib/model/ids.ts';
import { type Network, startNetwork } from '../../support/network.ts';
import { hears, join, makeGroup, say, type TestPerson } from '../../support/people.ts';
import { stackUnderTest } from '../../support/stack.ts';

/** The bodies that people wrote, as a panel shows them. */
const bodies = ({ panel }: TestPerson) =>
  panel.snapshot().view?.messages.flatMap(({ kind, body }) => (kind === 'member' ? [body] : [])) ?? [];

describe('sending', () => {
  let network: Network;
  let ana: TestPerson;
  let ben: TestPerson;
  let chatId: string;

  beforeAll(async () => {
    const stack = stackUnderTest();
    network = await startNetwork(stack.url);
    [ana, ben] = await Promise.all([join({ ...stack, url: network.url }, 'Ana'), join(stack, 'Ben')]);
    chatId = await makeGroup(ana, ben);
  });
  afterAll(async () => {
    await Promise.all([ana.browser.stop(), ben.browser.stop()]);
    await network.stop();
  });

  test('[MSG2] an answer lost after the commit gives one row', async () => {
    const lost = network.loseAnswerTo('/rest/v1/messages');
    const id = say(ana, chatId, 'answer lost');
    await lost;
    await hears(ben, id);
    const view = await ana.panel.untilView(({ outbox, messages }) => outbox.length === 0 && messages.at(-1)?.id === id);
    expect(view.messages.filter((message) => message.id === id)).toHaveLength(1);
    expect(bodies(ben).filter((body) => body === 'answer lost')).toHaveLength(1);
    // The entry goes by the row that was read, not by the event that happened to come.
    const store = openStore(ana.browser.storeName);
    await expect.poll(() => readOutbox(store, ana.id)).toEqual([]);
    await store.close();
  });

  test('[MSG2] a worker that is ended at any moment sends each message once, in order', async () => {
    const said: string[] = [];
    let last = '';
    for (const moment of [0, 0, 1, 2, 4, 8, 16, 32]) {
      said.push(`ended after ${moment} ms (${said.length})`);
      last = say(ana, chatId, said.at(-1) ?? '');
      if (moment > 0) await new Promise((resolve) => setTimeout(resolve, moment));
      await ana.browser.kill();
      ana.browser.start();
    }
    await hears(ben, last);
    expect(bodies(ben).filter((body) => body.startsWith('ended'))).toEqual(said);
    await ana.panel.untilView(({ outbox, messages }) => outbox.length === 0 && messages.at(-1)?.id === last);
    expect(bodies(ana).filter((body) => body.startsWith('ended'))).toEqual(said);
  });

  test('[MSG2] what is written offline waits, survives the end of the worker, and goes out in order', async () => {
    network.cut();
    const written = ['offline 1', 'offline 2', 'offline 3'];
    const ids = written.map((body) => say(ana, chatId, body));
    await ana.panel.until(({ app }) => app?.connection === 'offline');
    await ana.browser.kill();
    ana.browser.start();
    const view = await ana.panel.untilView(({ outbox }) => outbox.length === 3);
    expect(view.outbox.map(({ body }) => body)).toEqual(written);
    network.restore();
    await hears(ben, ids[2]!);
    expect(bodies(ben).slice(-3)).toEqual(written);
    await ana.panel.until(({ app, view: shown }) => app?.connection === 'online' && shown?.outbox.length === 0);
  });

  test('[MSG1] 16,000 characters go, 16,001 are refused and stay in the panel', async () => {
    const longest = '🙂'.repeat(16_000);
    const id = say(ana, chatId, longest);
    const view = await hears(ben, id);
    expect(view.messages.at(-1)?.body).toBe(longest);
    const tooLong = say(ana, chatId, `${longest}!`);
    const refused = await ana.panel.untilView(({ outbox }) => outbox[0]?.state.name === 'failed');
    expect(refused.outbox[0]).toMatchObject({
      id: tooLong,
      body: `${longest}!`,
      state: { failure: { code: 'too_long' } },
    });
    await ana.panel.discard(tooLong);
    expect(ana.panel.snapshot().view?.outbox).toEqual([]);
  });

  test('a message that the server refuses for good says why, and can be taken back', async () => {
    const id = newId();
    const params = { id, chatId, body: 'answers to nothing', target: 'default', replyTo: newId() } as const;
    await ana.panel.request('send', params);
    const failed = await ana.panel.untilView(({ outbox }) => outbox[0]?.state.name === 'failed');
    expect(failed.outbox[0]).toMatchObject({ id, state: { failure: { code: 'not_found' } } });
    const after = say(ana, chatId, 'the next one is not held up');
    await hears(ben, after);
    await ana.browser.kill();
    ana.browser.start();
    await ana.panel.untilView(({ outbox }) => outbox.some((entry) => entry.id === id && entry.state.name === 'failed'));
    await ana.panel.discard(id);
    await ana.panel.untilView(({ outbox }) => outbox.length === 0);
  });

  test('[MSG2] sending the same id twice is one message', async () => {
    const params = { id: newId(), chatId, body: 'twice', target: 'default', replyTo: null } as const;
    await Promise.all([ana.panel.request('send', params), ana.panel.request('send', params)]);
    await hears(ben, params.id);
    await ana.panel.request('send', params);
    await ana.panel.untilView(({ outbox }) => outbox.length === 0);
    await hears(ben, say(ana, chatId, 'afterwards'));
    expect(bodies(ben).filter((body) => body === 'twice')).toHaveLength(1);
  });

  test('a draft is there again in another panel, and gone once it was sent', async () => {
    await ana.panel.request('saveDraft', { chatId, text: 'half a sent' });
    await ana.browser.kill();
    ana.browser.start();
    const panel = ana.browser.openPanel('side-panel');
    panel.watch(chatId);
    expect((await panel.untilView(() => true)).draft).toBe('half a sent');
    await hears(ben, say(ana, chatId, 'half a sentence'));
    const later = ana.browser.openPanel('side-panel');
    later.watch(chatId);
    expect((await later.untilView(() => true)).draft).toBe('');
    panel.close();
    later.close();
  });
});
