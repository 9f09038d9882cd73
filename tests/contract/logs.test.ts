import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Stack, startStack } from '../../supabase/local/stack.ts';
import { temporaryFolder } from '../support/folders.ts';
import { hears, join, joinByLink, makeGroup, say, type TestPerson } from '../support/people.ts';

/** A stack of its own, whose every line is read. */
describe('what the logs hold', () => {
  const folder = temporaryFolder();
  const lines: string[] = [];
  let stack: Stack;
  let ana: TestPerson;
  let ben: TestPerson;

  beforeAll(async () => {
    stack = await startStack({
      dataDir: folder.path,
      log: (line) => lines.push(line),
      env: { SIDEROOM_MODEL_PROBE: 'off' },
    });
    [ana, ben] = await Promise.all([join(stack, 'Anastasia'), join(stack, 'Benvolio')]);
  });
  afterAll(async () => {
    await Promise.all([ana.browser.stop(), ben.browser.stop()]);
    await stack.stop();
    folder.remove();
  });

  test('[SAFE4] after a journey no word of a message, no name, no address and no token', async () => {
    const chatId = await makeGroup(ana, ben);
    const { url } = await ana.panel.request('createInvite', { chatId });
    await joinByLink(ben, url);
    const wrong = ben.panel.request('previewInvite', { token: 'wrongtokenwrongtoken12' });
    await expect(wrong).rejects.toMatchObject({ failure: { code: 'invite_invalid' } });
    const asked = say(ana, chatId, '@ai what do you make of the zirconium harbour?');
    await hears(ben, asked);
    await ben.panel.untilView(({ messages }) =>
      messages.some(({ replyTo, status }) => replyTo === asked && status === 'complete'),
    );
    await ana.panel.request('reportMessage', { messageId: asked, reason: 'spam', comment: '' }).catch(() => {});
    const purged = await fetch(`${stack.url}/functions/v1/purge`, {
      method: 'POST',
      headers: { apikey: stack.secretKey, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(purged.status).toBe(200);

    const log = lines.join('\n');
    expect(
      lines.some((line) => line.startsWith('functions: ')),
      'somebody writes a log',
    ).toBe(true);
    const private_ = ['zirconium', 'Anastasia', 'Benvolio', ana.email, ben.email, '@example.test', ana.password];
    for (const words of [...private_, new URL(url).hash.slice(1), 'wrongtokenwrongtoken12', stack.secretKey])
      expect(log.includes(words), words).toBe(false);
    expect(log).not.toMatch(/eyJ[\w-]+\.[\w-]+\.[\w-]+/);
  });
});
