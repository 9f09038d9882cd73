import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hears, join, makeGroup, say, type TestPerson } from '../../support/people.ts';
import { stackUnderTest } from '../../support/stack.ts';

describe('two people and a group', () => {
  let ana: TestPerson;
  let ben: TestPerson;

  beforeAll(async () => {
    [ana, ben] = await Promise.all([join(stackUnderTest(), 'Ana'), join(stackUnderTest(), 'Ben')]);
  });
  afterAll(() => Promise.all([ana.browser.stop(), ben.browser.stop()]));

  test('[CHAT1] [INV6] they meet by a link and write to each other', async () => {
    const chatId = await makeGroup(ana, ben);
    const hello = say(ana, chatId, 'Hello Ben');
    await hears(ben, hello);
    const answer = say(ben, chatId, 'Hello Ana');
    const view = await hears(ana, answer);
    expect(view.messages.filter(({ kind }) => kind === 'member').map(({ body }) => body)).toEqual([
      'Hello Ben',
      'Hello Ana',
    ]);
    expect(view.outbox).toEqual([]);
    expect(view.members.map(({ displayName }) => displayName)).toEqual(['Ana', 'Ben']);
  });
});
