import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '../../../lib/model/chat.ts';
import { failure } from '../../../lib/model/failure.ts';
import { encodePng } from '../../../supabase/local/practice-model/png.ts';
import { hears, join, makeGroup, say, type TestPerson } from '../../support/people.ts';
import { stackUnderTest } from '../../support/stack.ts';

const { local } = stackUnderTest();

// Only the server chooses plans and prices.
describe.runIf(local)('the choice of a model, through hubs, the function and the practice models', () => {
  let ana: TestPerson;
  let ben: TestPerson;
  let chatId: string;
  let sql: postgres.Sql;

  beforeAll(async () => {
    const stack = stackUnderTest();
    sql = postgres(local?.adminUrl ?? '', { max: 1 });
    [ana, ben] = await Promise.all([join(stack, 'Ana'), join(stack, 'Ben')]);
    chatId = await makeGroup(ana, ben);
    await sql`insert into private.plans (id, replies, pictures, pins) values ('models-test', 50, 2, true)`;
    await sql`update public.accounts set plan = 'models-test' where user_id = ${ana.id}`;
    // Prices of models that no other file asks for.
    await sql`insert into private.model_prices (model, input_micros, output_micros) values ('practice-large', 1000000, 2000000)`;
  });
  afterAll(async () => {
    await Promise.all([ana.browser.stop(), ben.browser.stop()]);
    await sql`update public.accounts set plan = 'free' where user_id = ${ana.id}`;
    await sql`delete from private.plans where id = 'models-test'`;
    await sql`delete from private.model_prices where model = 'practice-large'`;
    await sql.end();
  });

  async function receiptOf(question: string) {
    const isAnswer = ({ kind, replyTo, status }: Message) =>
      kind === 'assistant' && replyTo === question && status === 'complete';
    const { messages } = await ana.panel.untilView((view) => view.messages.some(isAnswer));
    const messageId = messages.find(isAnswer)?.id ?? '';
    // It is kept right after the message.
    return expect.poll(async () => (await ana.panel.request('readReceipt', { messageId }))?.made, { timeout: 20_000 });
  }

  test('[AI8] [AI11] by itself an easy question goes to the small model, and the receipt says so', async () => {
    const receipt = await receiptOf(say(ana, chatId, '@ai hello'));
    await receipt.toMatchObject({
      ...{ model: 'practice-small', costMicros: null, currency: 'USD' },
      route: { slot: 'small', pinned: false, missing: false, difficulty: 'easy', because: { difficulty: 'easy' } },
    });
  });

  test('[AI8] [AI11] what a person picked answers them, at its price', async () => {
    expect(await ana.panel.request('readModels', { chatId })).toEqual({
      ...{ mayPin: true, pinned: null },
      models: [
        { slot: 'small', name: 'practice-small' },
        { slot: 'standard', name: 'practice' },
        { slot: 'large', name: 'practice-large' },
      ],
    });
    await ana.panel.request('pinModel', { chatId, slot: 'large' });
    expect(await ana.panel.request('readModels', { chatId })).toMatchObject({ pinned: 'large' });
    const receipt = await receiptOf(say(ana, chatId, '@ai hello again'));
    await receipt.toMatchObject({ model: 'practice-large', route: { pinned: true }, costMicros: expect.any(Number) });
    await ana.panel.request('pinModel', { chatId, slot: null });
  });

  test('[AI8] a plan that leaves the choice to Sideroom is told so', async () => {
    expect(await ben.panel.request('readModels', { chatId })).toMatchObject({ mayPin: false });
    await expect(ben.panel.request('pinModel', { chatId, slot: 'large' })).rejects.toMatchObject({
      failure: failure('plan_chooses'),
    });
  });

  test('[AI9] a profile picture is shown to the AI once its owner allows it and asks for a picture of themselves', async () => {
    const me = ana.panel.snapshot().app?.session;
    if (me?.name !== 'signed-in') throw new Error('not signed in');
    const { displayName, username } = me.me;
    const dataUrl = `data:image/png;base64,${encodePng(4, 4, () => [200, 100, 50]).toString('base64')}`;
    await ana.panel.request('saveProfile', { displayName, username, avatar: { kind: 'image', dataUrl } });
    await sql`update public.accounts set birth_date = '1990-01-01' where user_id = ${ana.id}`;
    expect(await ana.panel.request('readLikeness', {})).toEqual({ allowed: false, offered: true });
    await ana.panel.request('setLikeness', { allowed: true });
    const question = say(ana, chatId, '@ai make a picture of me at the harbour');
    const { messages } = await ana.panel.untilView((view) => view.messages.some(({ replyTo }) => replyTo === question));
    expect(messages.find(({ replyTo }) => replyTo === question)).toMatchObject({
      ...{ status: 'complete', attachments: [{ contentType: 'image/png' }] },
      body: expect.stringContaining('I was shown a profile picture'),
    });
  });

  test('[AI10] beyond the pictures of a plan the asker alone is told, and is answered in words as before', async () => {
    const first = say(ana, chatId, '@ai make a picture of a harbour');
    await ana.panel.untilView(({ messages }) => messages.some((m) => m.replyTo === first && m.attachments.length > 0));
    const second = say(ana, chatId, '@ai make a picture of a boat');
    const { limit } = await ana.panel.untilView((view) => view.limit !== undefined);
    expect(limit).toMatchObject({ messageId: second, reason: 'pictures' });
    await hears(ben, second);
    const third = say(ana, chatId, '@ai hello once more');
    const view = await ben.panel.untilView(({ messages }) => messages.some((m) => m.replyTo === third));
    expect(view.messages.some(({ replyTo }) => replyTo === second)).toBe(false);
    expect([view.limit, view.replies]).toEqual([undefined, []]);
  });
});
