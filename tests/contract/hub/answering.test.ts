import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hears, join, makeGroup, say, type TestPerson } from '../../support/people.ts';
import { stackUnderTest } from '../../support/stack.ts';

describe('answering', () => {
  let ana: TestPerson;
  let ben: TestPerson;
  let chatId: string;

  beforeAll(async () => {
    const stack = stackUnderTest();
    [ana, ben] = await Promise.all([join(stack, 'Ana'), join(stack, 'Ben')]);
    chatId = await makeGroup(ana, ben);
  });
  afterAll(async () => {
    await Promise.all([ana.browser.stop(), ben.browser.stop()]);
  });

  test('[MSG4] an answer says to what, on its way and for everyone', async () => {
    const asked = say(ana, chatId, 'Thursday or Friday?');
    await hears(ben, asked);
    const answer = say(ben, chatId, 'Friday', asked);
    expect(ben.panel.snapshot().view?.outbox.find(({ id }) => id === answer)?.replyTo).toBe(asked);
    const { messages } = await hears(ana, answer);
    expect(messages.find(({ id }) => id === answer)?.replyTo).toBe(asked);
  });

  test('[MSG4] an answer to the AI is answered by it', async () => {
    const question = say(ana, chatId, '@ai what is lagan?');
    const isAnswered = (count: number) => (view: { messages: readonly { kind: string; status: string }[] }) =>
      view.messages.filter(({ kind, status }) => kind === 'assistant' && status === 'complete').length === count;
    await hears(ana, question);
    const { messages } = await ana.panel.untilView(isAnswered(1));
    const said = messages.find(({ kind }) => kind === 'assistant');
    say(ana, chatId, 'and flotsam?', said?.id ?? null);
    await ana.panel.untilView(isAnswered(2));
  });
});
