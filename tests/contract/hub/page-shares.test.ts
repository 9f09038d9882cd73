import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../lib/model/ids.ts';
import { PAGE_SALT } from '../../../lib/model/page-lookup.ts';
import { lightShare, MAX_SHARES, type WholeShare } from '../../../lib/model/share.ts';
import { pageHash } from '../../../lib/page/page-hash.ts';
import { openBrowser } from '../../support/browser.ts';
import { someBytes, stage as stageFile } from '../../support/files.ts';
import { hears, join, makeGroup, type TestPerson } from '../../support/people.ts';
import { stackUnderTest } from '../../support/stack.ts';

const EXACT = 'come “and go” — 海\nover two lines';

function shareOf(more: Partial<WholeShare> = {}): WholeShare {
  return {
    ...{ id: newId(), kind: 'selection', url: `https://example.org/${newId()}`, title: 'The harbour' },
    ...{ author: null, publishedAt: '2026-11-02', language: 'en' },
    ...{ text: EXACT, anchor: { exact: EXACT, prefix: 'Ships ', suffix: '.', start: 6, end: 6 + EXACT.length } },
    screenshotId: null,
    ...more,
  };
}

describe('page shares', () => {
  let ana: TestPerson;
  let ben: TestPerson;
  let chatId: string;
  /** What lies beside the panels. */
  let beside = 'https://example.org/';

  beforeAll(async () => {
    const host = {
      pageBeside: async () => ({ url: beside, hash: await pageHash(beside, PAGE_SALT) }),
    };
    [ana, ben] = (await Promise.all(['Ana', 'Ben'].map((name) => join(stackUnderTest(), name, host)))) as [
      TestPerson,
      TestPerson,
    ];
    chatId = await makeGroup(ana, ben);
  });
  afterAll(() => Promise.all([ana, ben].map(({ browser }) => browser.stop())));

  async function stage({ panel }: TestPerson, share = shareOf()): Promise<WholeShare> {
    await panel.request('stageShare', { chatId, share });
    return share;
  }

  function send({ panel }: TestPerson, shares: readonly WholeShare[], body = ''): string {
    const id = newId();
    const files = panel.snapshot().view?.files ?? [];
    panel.send({ id, chatId, body, target: 'people', replyTo: null, files, shares: shares.map(lightShare) });
    return id;
  }

  test('[PAGE2] come with their message to everyone, as they were seen in the preview', async () => {
    const article = shareOf({
      kind: 'article',
      anchor: null,
      text: `${'# Long\n\n海 word '.repeat(9_000)}`.slice(0, 100_000),
    });
    const shares = [await stage(ana), await stage(ana, article)];
    expect((await ana.panel.untilView((view) => view.shares.length === 2)).shares).toEqual(shares.map(lightShare));
    const id = send(ana, shares);
    expect(ana.panel.snapshot().view?.shares).toEqual([]);
    const view = await hears(ben, id);
    expect(view.messages.at(-1)).toMatchObject({ body: '', shares: shares.map(lightShare) });
    for (const share of shares) expect(await ben.panel.request('readShare', { id: share.id })).toEqual(share);
    await hears(ana, id);
    expect(ana.panel.snapshot().view?.messages.at(-1)?.shares).toEqual(shares.map(lightShare));
  });

  test('[PAGE2] of a screenshot go with its file', async () => {
    const file = await stageFile(ana, chatId, someBytes(900), { name: 'shot.png' });
    const share = await stage(ana, shareOf({ kind: 'screenshot', text: '', anchor: null, screenshotId: file.id }));
    await ana.panel.untilView(({ files }) => files.some(({ id, state }) => id === file.id && state.name === 'ready'));
    const view = await hears(ben, send(ana, [share]));
    expect(view.messages.at(-1)).toMatchObject({ attachments: [file], shares: [{ screenshotId: file.id }] });
  });

  test('[MSG2] survive the end of the worker, staged or sent, and go exactly once', async () => {
    const staged = await stage(ana);
    await ana.browser.kill();
    ana.browser.start();
    await ana.panel.untilView(({ shares }) => shares.some(({ id }) => id === staged.id));
    const before = ben.panel.snapshot().view?.messages.length ?? 0;
    const id = send(ana, [staged], 'once');
    await ana.browser.kill();
    ana.browser.start();
    const view = await hears(ben, id);
    expect(view.messages.length).toBe(before + 1);
    expect(view.messages.at(-1)?.shares).toEqual([lightShare(staged)]);
    expect((await ana.panel.untilView(({ outbox }) => outbox.length === 0)).shares).toEqual([]);
    // Nothing of it comes back with the next worker.
    await ana.browser.kill();
    ana.browser.start();
    expect((await hears(ana, id)).shares).toEqual([]);
  });

  test('are taken back, and no more than fit', async () => {
    const share = await stage(ana);
    await ana.panel.untilView(({ shares }) => shares.length === 1);
    await ana.panel.request('discardShare', { id: share.id });
    await ana.panel.untilView(({ shares }) => shares.length === 0);
    const all = await Promise.all(Array.from({ length: MAX_SHARES }, () => stage(ana)));
    await expect(stage(ana)).rejects.toMatchObject({ failure: { code: 'too_many_shares' } });
    await hears(ben, send(ana, all));
  });

  test('that the server refuses fail with a sentence, and stay', async () => {
    const id = send(ana, [await stage(ana, shareOf({ publishedAt: 'yesterday' }))], 'look');
    const view = await ana.panel.untilView(({ outbox }) => outbox[0]?.state.name === 'failed');
    expect(view.outbox[0]).toMatchObject({ id, shares: [{}], state: { failure: { code: 'share_unusable' } } });
    await ana.panel.request('discard', { id });
  });

  test('[MEM5] [PAGE3] lead their readers to the page, and nobody else', async () => {
    const share = await stage(ana);
    await hears(ben, send(ana, [share]));
    const cleo = await join(stackUnderTest(), 'Cleo');
    await expect(cleo.panel.request('readShare', { id: share.id })).rejects.toMatchObject({
      failure: { code: 'not_found' },
    });
    await cleo.browser.stop();
  });

  test('[PAGE4] are found on their page, in the chats of the person alone, and on no other page', async () => {
    const share = await stage(ana, shareOf({ url: 'https://example.org/found' }));
    const id = send(ana, [share]);
    await hears(ben, id);
    beside = share.url;
    expect(await ben.panel.request('pageBeside', {})).toMatchObject({
      url: share.url,
      chats: [{ chatId, count: 1, messageId: id }],
    });
    beside = 'https://example.org/not-found';
    expect(await ben.panel.request('pageBeside', {})).toEqual({ url: beside, chats: [] });
  });

  test('[PAGE4] are counted for the toolbar, which hears of new ones; for whoever is not signed in there are none', async () => {
    const url = `https://example.org/${newId()}`;
    const hash = await pageHash(url, PAGE_SALT);
    const counts: number[] = [];
    const counted = Promise.withResolvers<void>();
    ben.browser.hub.onShares(() => {
      void ben.browser.hub.countShares(hash).then((count) => {
        counts.push(count);
        if (count === 1) counted.resolve();
      });
    });
    await expect.poll(() => counts).toEqual([0]);
    await hears(ben, send(ana, [await stage(ana, shareOf({ url }))]));
    await counted.promise;
    const stranger = openBrowser(stackUnderTest());
    expect(await stranger.hub.countShares(hash)).toBe(0);
    await stranger.stop();
  });

  test('[CHAT7] are found by the address and the title of their page', async () => {
    const share = await stage(ana, shareOf({ url: 'https://rare-host.example/a_b', title: 'Quite a title' }));
    const id = send(ana, [share], 'something else');
    await hears(ben, id);
    for (const page of ['rare-host.example', 'quite a TITLE', 'a_b']) {
      const query = { text: '', chatId: null, from: null, page, before: null };
      expect(
        (await ben.panel.request('search', query)).messages.map((message) => message.id),
        page,
      ).toEqual([id]);
    }
  });
});
