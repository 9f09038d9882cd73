import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hears, join, makeGroup, say, type TestPerson } from '../support/people.ts';
import { stackUnderTest } from '../support/stack.ts';

/** With the practice model behind the gate, which answers open questions and cheers at good news. */
describe('the AI in automatic mode, through hubs, functions and a model', () => {
  let ana: TestPerson;
  let ben: TestPerson;
  let chatId: string;

  beforeAll(async () => {
    [ana, ben] = await Promise.all([join(stackUnderTest(), 'Ana'), join(stackUnderTest(), 'Ben')]);
  });
  afterAll(() => Promise.all([ana.browser.stop(), ben.browser.stop()]));

  async function begin(): Promise<void> {
    chatId = await makeGroup(ana, ben);
    await ben.panel.request('setReplyMode', { chatId, mode: 'automatic' });
    await ana.panel.untilView(({ chat }) => chat.replyMode === 'automatic');
  }
  const answerOf = ({ panel }: TestPerson) =>
    panel.untilView(({ messages }) =>
      messages.some(({ kind, status }) => kind === 'assistant' && status === 'complete'),
    );

  test('[AI2] [AI3] an open question is answered unasked, for all to see, and it is told why', async () => {
    await begin();
    const question = say(ana, chatId, 'What is the capital of France?');
    await hears(ben, question);
    const view = await answerOf(ben);
    const answer = view.messages.find(({ kind }) => kind === 'assistant');
    expect(answer?.replyTo).toBe(question);
    const receipt = await ana.panel.request('readReceipt', { messageId: answer?.id ?? '' });
    expect(receipt).toMatchObject({
      askerId: ana.id,
      decision: { by: 'gate', action: 'reply', reason: 'an open question', confidence: 0.9, threshold: 0.8 },
    });
  });

  test('[AI11] an answer has a receipt: model, rules, messages, tokens and time', async () => {
    await begin();
    await hears(ben, say(ana, chatId, '@ai count to 3'));
    const view = await answerOf(ana);
    const answer = view.messages.find(({ kind }) => kind === 'assistant');
    await expect
      .poll(async () => (await ben.panel.request('readReceipt', { messageId: answer?.id ?? '' }))?.made, {
        timeout: 10_000,
      })
      .toMatchObject({
        model: expect.stringMatching(/^practice/),
        messages: expect.any(Number),
        inputTokens: expect.any(Number),
      });
    const receipt = await ben.panel.request('readReceipt', { messageId: answer?.id ?? '' });
    expect(receipt?.decision).toBeNull();
    expect(receipt?.made?.totalMs).toBeGreaterThanOrEqual(receipt?.made?.firstMs ?? 0);
  });

  test('[AI4] good news gets an emoji and no sentence', async () => {
    await begin();
    const news = say(ben, chatId, 'Hooray, we have the tickets');
    const view = await ana.panel.untilView(({ messages }) =>
      messages.some(({ id, reactions }) => id === news && reactions.length > 0),
    );
    expect(view.messages.find(({ id }) => id === news)?.reactions).toEqual([{ emoji: '🎉', userIds: ['ai'] }]);
    expect(view.messages.filter(({ kind }) => kind === 'assistant')).toEqual([]);
  });

  test('[AI12] among people it stays silent, and says on request why', async () => {
    await begin();
    const banter = say(ana, chatId, 'I slept like a stone');
    await hears(ben, banter);
    await expect
      .poll(() => ben.panel.request('readSilence', { messageId: banter }), { timeout: 15_000 })
      .toMatchObject({ by: 'gate', action: 'silent', reason: 'people talk to each other' });
    const view = ben.panel.snapshot().view;
    expect(view?.messages.filter(({ kind }) => kind === 'assistant')).toEqual([]);
    expect(view?.replies).toEqual([]);
  });

  test('[AI12] less and more are asked for by any member', async () => {
    await begin();
    await ben.panel.request('tuneReplies', { chatId, step: -1 });
    await ben.panel.request('tuneReplies', { chatId, step: -1 });
    const question = say(ana, chatId, 'What is the capital of France?');
    await hears(ben, question);
    await expect
      .poll(() => ben.panel.request('readSilence', { messageId: question }), { timeout: 15_000 })
      .toMatchObject({ action: 'silent', confidence: 0.9, threshold: 1 });
  });
});
