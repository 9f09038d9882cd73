import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../lib/model/ids.ts';
import { hears, join, joinByLink, makeGroup, say, type TestPerson } from '../../support/people.ts';
import { stackUnderTest } from '../../support/stack.ts';

describe('replies of the AI', () => {
  let ana: TestPerson;
  let ben: TestPerson;
  let cy: TestPerson;
  let chatId: string;

  beforeAll(async () => {
    const stack = stackUnderTest();
    [ana, ben, cy] = await Promise.all([join(stack, 'Ana'), join(stack, 'Ben'), join(stack, 'Cy')]);
    chatId = await makeGroup(ana, ben);
  });
  afterAll(() => Promise.all([ana, ben, cy].map(({ browser }) => browser.stop())));

  test('[AI1] [AI7] a mention is answered: the words grow for every member, and end as one message', async () => {
    const texts: Record<string, string[]> = { ana: [], ben: [] };
    for (const [name, { panel }] of Object.entries({ ana, ben })) {
      panel.subscribe(({ view }) => {
        const text = view?.replies[0]?.text;
        if (text !== undefined && texts[name]?.at(-1) !== text) texts[name]?.push(text);
      });
    }
    const question = say(ana, chatId, '@ai what is the plan?');
    const views = await Promise.all(
      [ana, ben].map(({ panel }) =>
        panel.untilView(({ messages }) =>
          messages.some(({ kind, replyTo }) => kind === 'assistant' && replyTo === question),
        ),
      ),
    );
    const answers = views.map(({ messages }) => messages.filter(({ kind }) => kind === 'assistant'));
    expect(answers[0]).toHaveLength(1);
    expect(answers[1]).toEqual(answers[0]);
    for (const heard of Object.values(texts)) {
      const final = answers[0]?.[0]?.body ?? '';
      const words = heard.filter((text) => text !== '');
      expect(words.length).toBeGreaterThan(0);
      for (const text of words) expect(final.startsWith(text.trimEnd())).toBe(true);
      expect(words).toEqual(words.toSorted((a, b) => a.length - b.length));
    }
    expect(views.every(({ replies }) => replies.length === 0)).toBe(true);
  });

  test('[AI7] who comes midway sees the text so far, and then the rest', async () => {
    const { url } = await ana.panel.request('createInvite', { chatId });
    const question = say(ana, chatId, '@ai tell me a long story');
    const running = await ana.panel.untilView(({ replies }) => (replies[0]?.text.length ?? 0) > 20);
    await joinByLink(cy, url);
    cy.panel.watch(chatId);
    const joined = await cy.panel.untilView(
      ({ replies, messages }) => replies.length > 0 || answerTo(messages, question) !== undefined,
    );
    if (joined.replies[0] !== undefined) expect(joined.replies[0].text).toContain(running.replies[0]?.text);
    const end = await cy.panel.untilView(({ messages }) => answerTo(messages, question) !== undefined);
    expect(answerTo(end.messages, question)?.body).toContain(running.replies[0]?.text);
  });

  test('[AI7] a panel whose worker was ended midway goes on with the text so far', async () => {
    const question = say(ben, chatId, '@ai tell me another long story');
    const before = await ben.panel.untilView(({ replies }) => (replies[0]?.text.length ?? 0) > 20);
    await ben.browser.kill();
    ben.browser.start();
    const end = await ben.panel.untilView(({ messages }) => answerTo(messages, question) !== undefined);
    expect(answerTo(end.messages, question)?.body).toContain(before.replies[0]?.text);
    await ben.panel.untilView(({ replies }) => replies.length === 0);
  });

  test('[AI5] anyone stops a reply; what stood there is kept and marked', async () => {
    const question = say(ana, chatId, '@ai tell me a very long story');
    const running = await ben.panel.untilView(({ replies }) => (replies[0]?.text.length ?? 0) > 10);
    await ben.panel.request('stopReply', { jobId: running.replies[0]!.jobId });
    const view = await ana.panel.untilView(({ messages }) => answerTo(messages, question) !== undefined);
    expect(answerTo(view.messages, question)).toMatchObject({ status: 'stopped' });
    expect(answerTo(view.messages, question)?.body.length).toBeGreaterThan(10);
  });

  test('[AI2] people only: nobody but people answers', async () => {
    const id = newId();
    await ana.panel.request('send', { id, chatId, body: '@ai not for you', target: 'people', replyTo: null });
    await hears(ben, id);
    const next = say(ben, chatId, 'and on we go');
    const view = await hears(ana, next);
    expect(view.replies).toEqual([]);
    expect(answerTo(view.messages, id)).toBe(undefined);
  });

  test('[AI2] a solo chat is always answered', async () => {
    const solo = newId();
    await cy.panel.request('createChat', { id: solo, kind: 'solo', title: '' });
    cy.panel.watch(solo);
    await cy.panel.untilView(() => true);
    const question = say(cy, solo, 'hello');
    const view = await cy.panel.untilView(({ messages }) => answerTo(messages, question) !== undefined);
    expect(answerTo(view.messages, question)?.status).toBe('complete');
  });
});

function answerTo<M extends { kind: string; replyTo: string | null }>(
  messages: readonly M[],
  id: string,
): M | undefined {
  return messages.find(({ kind, replyTo }) => kind === 'assistant' && replyTo === id);
}
