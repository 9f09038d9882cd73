import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromBase64 } from '../../lib/model/base64.ts';
import type { Message, ReplyStatus } from '../../lib/model/chat.ts';
import { newId } from '../../lib/model/ids.ts';
import { lightShare, type WholeShare } from '../../lib/model/share.ts';
import { stage } from '../support/files.ts';
import { hears, join, makeGroup, say, type TestPerson } from '../support/people.ts';
import { stackUnderTest } from '../support/stack.ts';

/** With the practice model, which searches two made-up pages, draws a small picture and says what it got. */
describe('[AI9] tools of the AI, through hubs, the function, Storage and a model', () => {
  let ana: TestPerson;
  let ben: TestPerson;
  let chatId: string;

  beforeAll(async () => {
    [ana, ben] = await Promise.all([join(stackUnderTest(), 'Ana'), join(stackUnderTest(), 'Ben')]);
    chatId = await makeGroup(ana, ben);
  });
  afterAll(() => Promise.all([ana.browser.stop(), ben.browser.stop()]));

  async function answerTo(question: string): Promise<Message> {
    const isAnswer = ({ kind, replyTo, status }: Message) =>
      kind === 'assistant' && replyTo === question && status === 'complete';
    const view = await ben.panel.untilView(({ messages }) => messages.some(isAnswer));
    return view.messages.find(isAnswer) as Message;
  }

  const sees = (status: ReplyStatus) =>
    ben.panel.untilView(({ replies }) => replies.some((reply) => reply.status === status));

  test('[AI1] a search is seen while it goes on, and its pages are the answer’s sources', async () => {
    const question = say(ana, chatId, '@ai search the tides of Porto');
    await sees('searching');
    const { sources, body } = await answerTo(question);
    expect(sources).toEqual([
      { title: 'First practice page', url: 'https://example.org/first/the-tides-of-porto' },
      { title: 'Second practice page', url: 'https://example.org/second/the-tides-of-porto' },
    ]);
    for (const { url } of sources) expect(body).toContain(url);
    expect(ben.panel.snapshot().view?.replies).toEqual([]);
  });

  test('[AI1] a picture is seen in the making, and comes as a file that any member fetches', async () => {
    const question = say(ana, chatId, '@ai make a picture of a harbour');
    await sees('drawing');
    const { attachments, authorId } = await answerTo(question);
    expect(authorId).toBeNull();
    expect(attachments).toMatchObject([{ name: 'picture.png', contentType: 'image/png', width: 480, height: 300 }]);
    const id = attachments[0]?.id ?? '';
    for (const part of ['file', 'thumbnail'] as const) {
      const { data, size } = await ben.panel.request('readAttachment', { chatId, id, part, offset: 0 });
      const bytes = Buffer.from(fromBase64(data));
      expect([bytes.length, bytes.toString('latin1', 1, 4)]).toEqual([size, 'PNG']);
    }
  });

  test('[AI1] that it reads what was shared of a page is seen before its answer', async () => {
    const share: WholeShare = {
      ...{ id: newId(), kind: 'article' as const, url: `https://example.org/${newId()}`, title: 'Tides', author: null },
      ...{ publishedAt: null, language: 'en', text: 'The tide is low at nine.', anchor: null, screenshotId: null },
    };
    await ana.panel.request('stageShare', { chatId, share });
    const id = newId();
    const shares = [lightShare(share)];
    ana.panel.send({ id, chatId, body: '@ai when is it low?', target: 'default', replyTo: null, files: [], shares });
    await sees('reading_page');
    await answerTo(id);
  });

  test('what was attached reaches the model: text as text, documents by their bytes, others by name', async () => {
    const text = new TextEncoder().encode('Low tide at nine.');
    const pdf = new TextEncoder().encode(`%PDF-1.7\n${'x'.repeat(12 * 1024)}`);
    const files = [
      await stage(ana, chatId, text, { name: 'tides.txt', contentType: 'text/plain' }),
      await stage(ana, chatId, pdf, { name: 'map.pdf', contentType: 'application/pdf' }),
      await stage(ana, chatId, text, { name: 'fake.png', contentType: 'application/zip' }),
    ];
    const id = newId();
    ana.panel.send({ id, chatId, body: '@ai here they come', target: 'default', replyTo: null, files });
    await hears(ben, id);
    const { body } = await answerTo(id);
    expect(body).toContain('tides.txt, which says “Low tide at nine.”');
    expect(body).toContain('map.pdf, 12 KB');
    expect(body).toContain('fake.png, of which I only see the name');
  });
});
