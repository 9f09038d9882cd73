import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startWebsite, type Website } from './support/pages.ts';
import { panelUser } from './support/panel.ts';
import { type ApiPerson, createGroup, createPerson, join, type Visitor, visitInGroup } from './support/people.ts';

const MEDIA = new URL('../../docs/media/', import.meta.url).pathname;
const SWITCH = 'Show when we are on the same page';

describe('[MSG7] [PAGE4] on the same page', () => {
  const product = inject('product');
  let website: Website;
  let ana: Visitor;
  let ben: Visitor;
  let chatId: string;
  /** Bodies of everything that Ben's hub sends. */
  const sent: string[] = [];

  const enter = (person: ApiPerson, path: string) => visitInGroup(product, `${website.url}${path}`, person, 'Wrecks');

  async function turn({ panel }: Visitor): Promise<void> {
    await panel.frame.locator('.about-button').click();
    const box = panel.frame.locator(`.check-field ::-p-text(${SWITCH})`);
    const was = await panel.frame
      .waitForSelector('.check-field input')
      .then((input) => input?.evaluate((field) => (field as HTMLInputElement).checked));
    await box.click();
    await panel.frame.waitForFunction(
      (before) => document.querySelector<HTMLInputElement>('.check-field input')?.checked === !before,
      { polling: 'mutation' },
      was,
    );
    await panel.click('Close');
  }

  const seesOther = ({ panel }: Visitor, other: string) => panel.see(`${other} is on this page too`);
  const sees = () => Promise.all([seesOther(ana, 'Ben'), seesOther(ben, 'Ana')]);
  /** Ana sees that Ben looks at the chat, wherever he is. */
  const seesHere = () =>
    ana.panel.frame.waitForFunction(() => document.body.innerText.includes('2 here'), { polling: 200 });
  const misses = () => Promise.all([ana, ben].map(({ panel }) => panel.miss('on this page too')));

  beforeAll(async () => {
    website = await startWebsite();
    const people = await Promise.all([createPerson(product, 'Ana'), createPerson(product, 'Ben')]);
    const group = await createGroup(people[0], 'Wrecks');
    chatId = group.chatId;
    await join(people[1], group.token);
    [ana, ben] = await Promise.all([enter(people[0], '/article?utm_source=mail'), enter(people[1], '/article')]);
    const { client } = await ben.person.worker();
    client.on('Network.requestWillBeSent', ({ request }) => sent.push(`${request.url} ${request.postData ?? ''}`));
    await client.send('Network.enable');
  });
  afterAll(async () => {
    await Promise.all([ana?.person.close(), ben?.person.close(), website?.stop()]);
  });

  test('[PAGE5] both see it once both chose so; nothing but a hash of the address was sent', async () => {
    await turn(ben);
    await turn(ana);
    await sees();
    const beats = sent.filter((each) => each.includes('/rpc/beat_on_page'));
    expect(beats.length).toBeGreaterThan(0);
    for (const beat of beats) expect(beat).toMatch(/"p_page":"[0-9a-f]{64}"/);
    expect(sent.filter((each) => each.includes(new URL(website.url).host) || each.includes('article'))).toEqual([]);
    expect(beats.at(-1)).toContain(chatId);
  });

  test('looks like this', async () => {
    await ana.page.screenshot({ path: `${MEDIA}on-the-same-page.png` });
  });

  test('it ends when the address changes without a new page, and comes back with it', async () => {
    await ben.page.evaluate(() => history.pushState(null, '', '/article/notes'));
    await misses();
    await ana.page.evaluate(() => history.pushState(null, '', '/article/notes#below'));
    await sees();
    await ben.page.evaluate(() => history.back());
    await misses();
    await ana.page.evaluate(() => history.back());
    await sees();
  });

  test('it ends when the page goes, with the panel over it, and when the panel is closed', async () => {
    await ben.page.goto(`${website.url}/long`);
    await ana.panel.miss('on this page too');
    ben = { ...ben, panel: panelUser(ben.page, await ben.person.openOverlay(ben.page)) };
    await ben.panel.composer();
    await seesHere();
    expect(await ana.panel.text()).not.toContain('on this page too');
    await ana.page.goto(`${website.url}/long`);
    ana = { ...ana, panel: panelUser(ana.page, await ana.person.openOverlay(ana.page)) };
    await sees();
    await ben.person.extension.triggerAction(ben.page);
    await ana.panel.miss('on this page too');
    ben = { ...ben, panel: panelUser(ben.page, await ben.person.openOverlay(ben.page)) };
    await sees();
  });

  test('[PAGE5] it ends with the switch, for both', async () => {
    await turn(ben);
    await misses();
    await turn(ben);
    await sees();
  });

  test('[PAGE5] the side panel tells of the page in sight if Sideroom was opened on it, and of no other', async () => {
    await ben.panel.click('All chats');
    await ben.panel.click('Account');
    await ben.panel.click('Open in side panel', 'menuitem');
    const target = await ben.person.browser.waitForTarget((each) => each.url().endsWith('/sidepanel.html'));
    const side = await target.asPage();
    const shows = (isThere: boolean) =>
      side.waitForFunction(
        (wanted) => document.body.innerText.includes('Ana is on this page too') === wanted,
        { polling: 'mutation' },
        isThere,
      );
    await side.locator('.chat-row').click();
    await shows(true);
    await ben.person.extension.triggerAction(ben.page);
    await ben.page.waitForFunction(() => document.querySelectorAll('html > :not(head, body)').length === 0);
    await seesOther(ana, 'Ben');
    const unopened = await ben.person.open(`${website.url}/long`);
    await shows(false);
    await ana.panel.miss('on this page too');
    await unopened.close();
    await ben.page.bringToFront();
    await shows(true);
    await seesOther(ana, 'Ben');
    await side.close();
    await ana.panel.miss('on this page too');
  });

  test('a window of Sideroom’s own lies beside no page, though one that Sideroom was opened on is in sight', async () => {
    const worker = await ben.person.worker();
    const page = await ben.person.windowOf(() =>
      worker.evaluate(async () => {
        await chrome.windows.create({ url: '/panel.html#window', type: 'popup' });
      }),
    );
    const own = panelUser(page, page.mainFrame());
    await own.composer();
    await seesHere();
    expect(await own.text()).not.toContain('on this page too');
    expect(await ana.panel.text()).not.toContain('on this page too');
  });
});
