import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PanelHost } from '../../../lib/hub/deps.ts';
import { chatPageSalt } from '../../../lib/model/page-lookup.ts';
import type { PageNews } from '../../../lib/model/share.ts';
import { pageHash } from '../../../lib/page/page-hash.ts';
import { openBrowser } from '../../support/browser.ts';
import { join, makeGroup, type TestPerson } from '../../support/people.ts';
import { stackUnderTest } from '../../support/stack.ts';

const TIDES = 'https://example.org/tides';
const WRECKS = 'https://example.org/wrecks';

/** The page beside somebody's panels, which they turn over; and with which salts it was looked at. */
function createDesk() {
  const listeners = new Set<(news: PageNews) => void>();
  const salts: string[] = [];
  let page: string | null = null;
  const host: Partial<PanelHost> = {
    async hashPage(salt) {
      salts.push(salt);
      return page === null ? null : pageHash(page, salt);
    },
    onPage(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  function turn(next: string | null): void {
    page = next;
    for (const listener of listeners) listener('other');
  }
  // The panel that is open all the time hears of its page for its own sake.
  return { host, salts, turn, watching: () => listeners.size - 1 };
}

describe('[MSG7] [PAGE4] who of the group is on the same page', () => {
  const desks = { ana: createDesk(), ben: createDesk(), cleo: createDesk() };
  let ana: TestPerson;
  let ben: TestPerson;
  let cleo: TestPerson;
  let chatId: string;

  beforeAll(async () => {
    [ana, ben, cleo] = (await Promise.all([
      join(stackUnderTest(), 'Ana', desks.ana.host),
      join(stackUnderTest(), 'Ben', desks.ben.host),
      join(stackUnderTest(), 'Cleo', desks.cleo.host),
    ])) as [TestPerson, TestPerson, TestPerson];
    chatId = await makeGroup(ana, ben, cleo);
  });
  afterAll(() => Promise.all([ana, ben, cleo].map(({ browser }) => browser.stop())));

  const choose = ({ panel }: TestPerson, on = true) => panel.request('setPagePresence', { chatId, on });
  const attend = ({ panel }: TestPerson, chat: string | null = chatId) =>
    panel.request('attend', { chatId: chat, typing: false });
  /** Long before the next beat, which would find out as well. */
  const atOnce = { timeout: 5_000 };
  const sees = ({ panel }: Pick<TestPerson, 'panel'>, ...others: readonly TestPerson[]) =>
    expect.poll(() => [...panel.snapshot().onPage].sort(), atOnce).toEqual(others.map(({ id }) => id).sort());

  /** Ana and Ben, who both chose so, look at the chat on the same page. */
  beforeEach(async () => {
    for (const { turn } of Object.values(desks)) turn(TIDES);
    for (const who of [ana, ben]) {
      await choose(who);
      await attend(who);
    }
    await Promise.all([sees(ana, ben), sees(ben, ana)]);
  });

  test('is seen by both, and not by or of whoever did not choose so: their page is not even looked at', async () => {
    await attend(cleo);
    await cleo.panel.untilView(({ presence }) => presence[ana.id] === 'here');
    await ana.panel.untilView(({ presence }) => presence[cleo.id] === 'here');
    expect([ana, cleo].map(({ panel }) => panel.snapshot().onPage)).toEqual([[ben.id], []]);
    expect(await cleo.panel.request('readPagePresence', { chatId })).toBe(false);
    expect([desks.cleo.salts.length, desks.cleo.watching()]).toEqual([0, 0]);
    expect(new Set(desks.ana.salts)).toEqual(new Set([chatPageSalt(chatId)]));
  });

  test('ends with another page and comes with the next one, however the page was left', async () => {
    desks.ben.turn(WRECKS);
    await Promise.all([sees(ana), sees(ben)]);
    desks.ana.turn(WRECKS);
    await Promise.all([sees(ana, ben), sees(ben, ana)]);
    desks.ana.turn(null);
    await Promise.all([sees(ana), sees(ben)]);
  });

  test('ends when the chat is out of sight, and when the panel goes; then nothing of the page is watched', async () => {
    await attend(ben, null);
    await Promise.all([sees(ana), sees(ben)]);
    expect(desks.ben.watching()).toBe(0);
    const panel = ben.browser.openPanel();
    await panel.until(({ status }) => status === 'ready');
    await panel.request('attend', { chatId, typing: false });
    await sees(ana, ben);
    panel.close();
    await sees(ana);
    await expect.poll(desks.ben.watching).toBe(0);
  });

  test('[PAGE5] ends at once with the switch, which holds in every browser of theirs', async () => {
    const elsewhere = openBrowser({ ...stackUnderTest(), host: desks.ben.host });
    const panel = elsewhere.openPanel();
    await panel.until(({ app }) => app?.session.name === 'signed-out');
    await panel.request('signIn', { email: ben.email, password: ben.password });
    await panel.until(({ app }) => app?.chats.some(({ id }) => id === chatId) === true);
    panel.watch(chatId);
    await panel.request('attend', { chatId, typing: false });
    await sees({ panel }, ana);
    await panel.request('setPagePresence', { chatId, on: false });
    await Promise.all([sees(ana), sees(ben), sees({ panel })]);
    await elsewhere.stop();
    const looks = desks.ben.salts.length;
    desks.ben.turn(WRECKS);
    desks.ben.turn(TIDES);
    await attend(ben, null);
    await attend(ben);
    await ana.panel.untilView(({ presence }) => presence[ben.id] === 'here');
    expect(desks.ben.salts).toHaveLength(looks);
    expect(desks.ben.watching()).toBe(0);
  });

  test('[MEM4] ends with the membership, for both', async () => {
    await ana.panel.request('removeMember', { chatId, userId: ben.id });
    await Promise.all([sees(ana), ben.panel.until(({ chatId: shown }) => shown === null)]);
    expect(ben.panel.snapshot().onPage).toEqual([]);
    await expect.poll(desks.ben.watching).toBe(0);
  });
});
