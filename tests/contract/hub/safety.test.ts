import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportLog } from '../../../components/log/save-log.ts';
import { verifyLog } from '../../../scripts/verify-log/verify.ts';
import { hears, join, makeGroup, say, type TestPerson } from '../../support/people.ts';
import { stackUnderTest } from '../../support/stack.ts';

describe('what protects people', () => {
  let ana: TestPerson;
  let ben: TestPerson;

  beforeAll(async () => {
    [ana, ben] = await Promise.all([join(stackUnderTest(), 'Ana'), join(stackUnderTest(), 'Ben')]);
  });
  afterAll(() => Promise.all([ana.browser.stop(), ben.browser.stop()]));

  const line = ({ panel }: TestPerson, chatId: string) => panel.snapshot().app?.chats.find(({ id }) => id === chatId);
  const usernameOf = ({ panel }: TestPerson) => {
    const session = panel.snapshot().app?.session;
    return session?.name === 'signed-in' ? session.me.username : '';
  };

  test('[SAFE7] a member reads the log and saves it as a file that proves what it says', async () => {
    const chatId = await makeGroup(ana, ben);
    await ben.panel.request('renameChat', { chatId, title: 'Ünter “uns” \u{1f97e}' });
    await ana.panel.request('createInvite', { chatId });
    const rows = await ana.panel.request('readLog', { chatId, before: null });
    expect(rows.map(({ type }) => type)).toEqual(['invite_created', 'renamed', 'joined', 'invite_created', 'created']);
    const people = ana.panel.snapshot().view?.people ?? {};
    const file = await exportLog(ana.panel, { id: chatId, title: 'Trip' }, people, new Date());
    expect(verifyLog(file, rows[0]?.hash)).toMatchObject({ faults: [], rows: 5 });
    expect(verifyLog(file.replace('Ünter', 'Unter')).faults).toEqual(['Row 4 was edited: its seal does not fit.']);
  });

  test('[SAFE5] blocking is known in every browser of the one, and in none of the other', async () => {
    const chatId = await makeGroup(ana, ben);
    await ana.panel.request('setBlocked', { userId: ben.id, blocked: true });
    expect(ana.panel.snapshot().app?.blocked.map(({ id }) => id)).toEqual([ben.id]);
    await hears(ana, say(ben, chatId, `@${usernameOf(ana)} hello`));
    expect(line(ana, chatId)).toMatchObject({ mentioned: false });
    await ana.browser.kill();
    ana.browser.start();
    await ana.panel.until(({ app }) => app?.blocked.length === 1);
    expect(ben.panel.snapshot().app?.blocked).toEqual([]);
    const { url } = await ben.panel.request('createInvite', { chatId: await makeGroup(ben) });
    const token = new URL(url).hash.slice(1);
    await expect(ana.panel.request('previewInvite', { token })).rejects.toMatchObject({
      failure: { code: 'invite_invalid' },
    });
    await ana.panel.request('setBlocked', { userId: ben.id, blocked: false });
    expect(ana.panel.snapshot().app?.blocked).toEqual([]);
    expect(await ana.panel.request('previewInvite', { token })).toMatchObject({ title: 'Trip' });
  });

  test('[SAFE5] a message is reported, twice is once, and one’s own is not', async () => {
    const chatId = await makeGroup(ana, ben);
    const messageId = say(ben, chatId, 'something vile');
    await hears(ana, messageId);
    const report = { messageId, reason: 'hate', comment: 'Look at this.' } as const;
    await ana.panel.request('reportMessage', report);
    await ana.panel.request('reportMessage', report);
    await expect(ben.panel.request('reportMessage', report)).rejects.toMatchObject({ failure: { code: 'not_found' } });
    const page = await ana.panel.request('readMyData', { part: 'reports', after: null });
    expect(page.rows).toMatchObject([{ message_id: messageId, comment: 'Look at this.' }]);
  });

  test('[SAFE6] how long messages are kept is set by any member and announced', async () => {
    const chatId = await makeGroup(ana, ben);
    expect(await ana.panel.request('readRetention', { chatId })).toBe(null);
    await ben.panel.request('setRetention', { chatId, days: 30 });
    const view = await ana.panel.untilView(({ messages }) => messages.at(-1)?.notice?.type === 'retention');
    expect(view.messages.at(-1)?.notice).toEqual({ type: 'retention', by: ben.id, days: 30 });
    expect(await ana.panel.request('readRetention', { chatId })).toBe(30);
    await ben.panel.request('setRetention', { chatId, days: null });
    expect(await ana.panel.request('readRetention', { chatId })).toBe(null);
    const never = ben.panel.request('setRetention', { chatId, days: 9_999 });
    await expect(never).rejects.toMatchObject({ failure: { code: 'retention_invalid' } });
  });

  test('[SAFE6] somebody sees where they are signed in, and ends it elsewhere', async () => {
    const stack = stackUnderTest();
    const elsewhere = await fetch(`${stack.url}/auth/v1/token?grant_type=password`, {
      method: 'POST',
      headers: { apikey: stack.publishableKey, 'content-type': 'application/json' },
      body: JSON.stringify({ email: ana.email, password: ana.password }),
    });
    const { refresh_token } = (await elsewhere.json()) as { refresh_token: string };
    const sessions = await ana.panel.request('readSessions', {});
    expect(sessions.map(({ current }) => current).toSorted()).toEqual([false, true]);
    await ana.panel.request('endSession', { id: null });
    expect(await ana.panel.request('readSessions', {})).toMatchObject([{ current: true }]);
    const refreshed = await fetch(`${stack.url}/auth/v1/token?grant_type=refresh_token`, {
      method: 'POST',
      headers: { apikey: stack.publishableKey, 'content-type': 'application/json' },
      body: JSON.stringify({ refresh_token }),
    });
    expect(refreshed.status).toBeGreaterThanOrEqual(400);
  });

  test('[SAFE6] an account goes: the others see a former member, the person is signed out and cannot come back', async () => {
    const cleo = await join(stackUnderTest(), 'Cleo');
    const chatId = await makeGroup(ana, cleo);
    const words = say(cleo, chatId, 'my last words');
    await hears(ana, words);
    const choice = { messages: 'keep', files: 'remove' } as const;
    const wrong = cleo.panel.request('deleteAccount', { ...choice, typed: 'somebody' });
    await expect(wrong).rejects.toMatchObject({ failure: { code: 'name_mismatch' } });
    await cleo.panel.request('deleteAccount', { ...choice, typed: usernameOf(cleo) });
    await cleo.panel.until(({ app }) => app?.session.name === 'signed-out');
    const view = await ana.panel.untilView(
      ({ members, messages }) =>
        members.length === 1 && messages.some(({ id, authorId }) => id === words && authorId === null),
    );
    expect(view.messages.find(({ id }) => id === words)).toMatchObject({ body: 'my last words', deletedAt: null });
    const again = cleo.panel.request('signIn', { email: cleo.email, password: cleo.password });
    await expect(again).rejects.toMatchObject({ failure: { code: 'wrong_credentials' } });
    await cleo.browser.stop();
  });
});
