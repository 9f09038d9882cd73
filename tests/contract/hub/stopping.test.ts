import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../lib/model/ids.ts';
import { hears, join, makeGroup, say, type TestPerson } from '../../support/people.ts';
import { stackUnderTest } from '../../support/stack.ts';

describe('stop, said to the AI while it answers', () => {
  let ana: TestPerson;
  let ben: TestPerson;

  beforeAll(async () => {
    [ana, ben] = await Promise.all([join(stackUnderTest(), 'Ana'), join(stackUnderTest(), 'Ben')]);
  });
  afterAll(() => Promise.all([ana.browser.stop(), ben.browser.stop()]));

  const answersOf = ({ panel }: TestPerson) =>
    (panel.snapshot().view?.messages ?? []).filter(({ kind }) => kind === 'assistant');

  /** Has somebody say something once words stand on the screen, and waits until everybody sees the answer as it was then. */
  async function stops(chatId: string, who: TestPerson, words: string): Promise<void> {
    const running = await who.panel.untilView(({ replies }) => (replies[0]?.text.length ?? 0) > 10);
    const stop = say(who, chatId, words);
    const view = await who.panel.untilView(
      ({ messages, replies }) =>
        replies.length === 0 &&
        messages.some(({ kind, status }) => kind === 'assistant' && status === 'stopped') &&
        messages.some(({ id, reactions }) => id === stop && reactions.length > 0),
    );
    const answers = view.messages.filter(({ kind }) => kind === 'assistant');
    expect(answers).toMatchObject([{ status: 'stopped' }]);
    expect(answers[0]?.body.startsWith(running.replies[0]?.text ?? '?')).toBe(true);
    expect(answers[0]?.body).not.toMatch(/\b400\b/);
    expect(view.messages.find(({ id }) => id === stop)?.reactions).toEqual([{ emoji: '👍', userIds: ['ai'] }]);
  }

  test.each(['@ai stop', 'Stop!', 'hör auf'])(
    '[AI5] [AI3] in a group, “%s” of anyone stops it, with no answer of its own; what stood there is kept and marked',
    async (words) => {
      const chatId = await makeGroup(ana, ben);
      await hears(ben, say(ana, chatId, '@ai count to 400'));
      await stops(chatId, ben, words);
      // Whatever is said next is the first thing that is answered again.
      await hears(ana, say(ben, chatId, '@ai hello'));
      await ana.panel.untilView(({ messages }) =>
        messages.some(({ kind, status }) => kind === 'assistant' && status === 'complete'),
      );
      expect(answersOf(ana)).toHaveLength(2);
    },
  );

  test('[AI5] [AI3] in automatic mode, an answer that nobody asked for is stopped, and it does not join in again', async () => {
    const chatId = await makeGroup(ana, ben);
    await ben.panel.request('setReplyMode', { chatId, mode: 'automatic' });
    await ana.panel.untilView(({ chat }) => chat.replyMode === 'automatic');
    await hears(ben, say(ana, chatId, 'What is it like to count to 400?'));
    await stops(chatId, ben, 'stop');
    const question = say(ana, chatId, 'What is the capital of France?');
    await hears(ben, question);
    expect(await ben.panel.request('readSilence', { messageId: question })).toMatchObject({
      by: 'rules',
      reason: 'asked_to_be_quiet',
    });
    expect(answersOf(ben)).toHaveLength(1);
  });

  test('[AI5] in a chat of one’s own', async () => {
    const chatId = newId();
    await ana.panel.request('createChat', { id: chatId, kind: 'solo', title: '' });
    ana.panel.watch(chatId);
    await ana.panel.untilView(({ chat }) => chat.id === chatId);
    say(ana, chatId, 'count to 400');
    await stops(chatId, ana, 'stop');
  });
});
