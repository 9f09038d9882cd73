import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hears, join, makeGroup, say, type TestPerson } from '../../support/people.ts';
import { stackUnderTest } from '../../support/stack.ts';

describe('[MSG7] who is here, who writes, who has read', () => {
  let ana: TestPerson;
  let ben: TestPerson;
  let cleo: TestPerson;
  let chatId: string;

  beforeAll(async () => {
    [ana, ben, cleo] = (await Promise.all(['Ana', 'Ben', 'Cleo'].map((name) => join(stackUnderTest(), name)))) as [
      TestPerson,
      TestPerson,
      TestPerson,
    ];
    chatId = await makeGroup(ana, ben, cleo);
  });
  afterAll(() => Promise.all([ana, ben, cleo].map(({ browser }) => browser.stop())));

  const attend = ({ panel }: TestPerson, chat: string | null, typing = false) =>
    panel.request('attend', { chatId: chat, typing });
  const sees = ({ panel }: TestPerson, { id }: TestPerson, state: string | undefined) =>
    panel.untilView(({ presence }) => presence[id] === state);

  test('is seen by the others while it lasts, and never of oneself', async () => {
    await attend(ben, chatId);
    await sees(ana, ben, 'here');
    await attend(ben, chatId, true);
    await sees(ana, ben, 'typing');
    expect(ben.panel.snapshot().view?.presence).toEqual({});
    await attend(ben, null);
    await sees(ana, ben, undefined);
  });

  test('is known to whoever opens the chat later, and ends when the panel goes', async () => {
    const panel = ben.browser.openPanel();
    await panel.until(({ status }) => status === 'ready');
    await panel.request('attend', { chatId, typing: false });
    cleo.panel.watch(null);
    cleo.panel.watch(chatId);
    await sees(cleo, ben, 'here');
    // Two panels of one person are one person: who closes one of them still looks at the other.
    await attend(ben, chatId, true);
    await sees(cleo, ben, 'typing');
    panel.close();
    await attend(ben, chatId, false);
    await sees(cleo, ben, 'here');
    await attend(ben, null);
    await sees(cleo, ben, undefined);
  });

  test('whose message comes is not typing any more', async () => {
    await attend(ben, chatId, true);
    await sees(ana, ben, 'typing');
    await hears(ana, say(ben, chatId, 'there'));
    await sees(ana, ben, 'here');
    await attend(ben, null);
  });

  test('how far each has read is told, and read again by whoever was away', async () => {
    const id = say(ana, chatId, 'read this');
    const view = await hears(ben, id);
    const seq = view.messages.at(-1)?.seq ?? 0;
    await ben.panel.request('markRead', { chatId, seq });
    await ana.panel.untilView(({ reads }) => reads[ben.id] === seq);
    await cleo.browser.kill();
    cleo.browser.start();
    await cleo.panel.untilView(({ reads }) => reads[ben.id] === seq);
  });

  test('[MEM4] ends with the membership', async () => {
    await attend(cleo, chatId, true);
    await sees(ana, cleo, 'typing');
    await ana.panel.request('removeMember', { chatId, userId: cleo.id });
    await sees(ana, cleo, undefined);
    await expect(attend(cleo, chatId)).resolves.toBeNull();
    await attend(ben, chatId);
    await sees(ana, ben, 'here');
    expect(ana.panel.snapshot().view?.presence).toEqual({ [ben.id]: 'here' });
  });
});
