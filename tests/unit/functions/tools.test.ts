import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ReplyFile, ReplyShare } from '../../../supabase/functions/_shared/replies.ts';
import { answerJob } from '../../../supabase/functions/reply/answer.ts';
import { parseCapabilities } from '../../../supabase/functions/reply/capabilities.ts';
import { connectModel } from '../../../supabase/functions/reply/model.ts';
import { encodePng } from '../../../supabase/local/practice-model/png.ts';
import { createMemoryReplies, type MemoryJob, type MemoryPlan } from '../../support/memory-replies.ts';
import { type ModelCall, type ModelServer, type Script, startModelServer } from '../../support/model-server.ts';

vi.setConfig({ testTimeout: 30_000 });

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.stop());

const png = encodePng(30, 20, () => [1, 2, 3]);
const cite = (url: string, title = 'A page') =>
  ({ type: 'response.output_text.annotation.added', annotation: { type: 'url_citation', url, title } }) as const;
const drawn = (result: string | null) =>
  ({ type: 'response.output_item.done', item: { type: 'image_generation_call', result } }) as const;

describe('[AI9] an answer with tools', () => {
  const question: ReplyFile = {
    message_id: 'question',
    id: '22222222-0000-4000-8000-000000000002',
    name: 'map.png',
    content_type: 'image/png',
    size: png.length,
    has_thumbnail: false,
  };

  interface AnswerOptions {
    readonly capabilities?: string;
    readonly write?: boolean;
    readonly plan?: MemoryPlan;
    readonly shares?: readonly ReplyShare[];
  }

  async function answer(
    script: (call: ModelCall, job: MemoryJob) => ReturnType<Script>,
    { capabilities = 'images,files,web_search,image_generation', write = true, plan, shares = [] }: AnswerOptions = {},
  ) {
    const memory = createMemoryReplies(undefined, [question], plan, shares);
    const job = memory.ask('33333333-0000-4000-8000-000000000003', 'Hi');
    const stored = new Map<string, Uint8Array>();
    const bodies: Record<string, unknown>[] = [];
    const spy: typeof fetch = (input, init) => {
      bodies.push(JSON.parse(String(init?.body)));
      return fetch(input, init);
    };
    server.play((call) => script(call, job));
    const leased = await memory.claim(null);
    if (leased === null) throw new Error('nothing to claim');
    const replies = {
      ...memory,
      async readContext(which: typeof leased, count: number) {
        const context = await memory.readContext(which, count);
        return (
          context && { ...context, messages: context.messages.map((message) => ({ ...message, files: ['map.png'] })) }
        );
      },
    };
    const files = {
      read: async () => new Uint8Array(png),
      async write(name: string, bytes: Uint8Array) {
        if (!write) throw new Error('no room');
        stored.set(name, bytes);
      },
      copy: async (from: string, to: string) => void stored.set(to, stored.get(from) ?? new Uint8Array()),
    };
    const outcome = await answerJob(leased, {
      replies,
      model: connectModel({ model: 'm', apiKey: 'k', baseUrl: server.url }, spy),
      limits: { deltaMs: 1, beatMs: 20, jobMs: 10_000, messages: 50, contextTokens: 1_000 },
      tools: { capabilities: parseCapabilities(capabilities, undefined), files },
    });
    return { job, outcome, stored, body: bodies[0] ?? {} };
  }

  const say = (text: string) => (call: ModelCall) => {
    call.say(text);
    call.complete();
  };

  test('[SAFE4] asks with storing off, under a hash of the person, and with no id of the database', async () => {
    const { body, job } = await answer(say('ok'));
    expect(body).toMatchObject({
      store: false,
      safety_identifier: createHash('sha256').update('a1b2').digest('hex'),
      tools: [{ type: 'web_search' }, { type: 'image_generation', output_format: 'webp' }],
      max_tool_calls: 4,
    });
    const input = JSON.stringify(body.input);
    expect(input).toContain('data:image/png;base64,');
    for (const id of [question.id, job.chatId, job.id]) expect(input).not.toContain(id);
    expect(job.statuses[0]).toBe('reading');
  });

  const usedUp = { pictures: { taken: false, resets_at: '2026-11-28T00:00:00Z' } };
  const limitCall = {
    type: 'response.output_item.done',
    item: { type: 'function_call', name: 'picture_limit', arguments: '{}' },
  } as const;

  test('[AI10] a picture that the plan has none left of ends without a word, for the asker to be told', async () => {
    const { body, outcome } = await answer(
      (call) => {
        call.send(limitCall);
        call.complete();
      },
      { plan: usedUp },
    );
    expect(body.tools).toMatchObject([{ type: 'web_search' }, { type: 'function', name: 'picture_limit' }]);
    expect(outcome).toEqual({ state: 'failed', error: 'pictures', retry: false });
  });

  test('[AI10] what was said besides stands, with no sentence for all about a picture, and the asker is to be told', async () => {
    const { outcome } = await answer(
      (call) => {
        call.say('The tide is low at nine.');
        call.send(limitCall);
        call.complete();
      },
      { plan: usedUp },
    );
    expect(outcome).toEqual({ state: 'done', body: 'The tide is low at nine.', limit: 'pictures' });
  });

  test('[AI10] pictures and searches are counted with the tokens', async () => {
    const { job } = await answer((call) => {
      call.send({ type: 'response.output_item.done', item: { type: 'web_search_call', status: 'completed' } });
      call.send(drawn(png.toString('base64')));
      call.complete({ input: 900, output: 40 });
    });
    expect(job.uses).toMatchObject([{ input_tokens: 900, output_tokens: 40, pictures: 1, searches: 1 }]);
  });

  test('sends neither tools nor files to a service that has no use for them', async () => {
    const { body } = await answer(say('ok'), { capabilities: 'none' });
    expect(body).not.toHaveProperty('tools');
    expect(JSON.stringify(body.input)).not.toContain('data:');
    expect(JSON.stringify(body.input)).toContain('unread');
  });

  test('tells what it does, and keeps its sources for the message', async () => {
    const { job } = await answer(async (call, { statuses }) => {
      call.send({ type: 'response.web_search_call.searching' });
      await vi.waitUntil(() => statuses.includes('searching'), { timeout: 20_000, interval: 5 });
      call.send({ type: 'response.web_search_call.completed' });
      call.say('See [this](https://a.example/1).');
      await vi.waitUntil(() => statuses.at(-1) === null, { timeout: 20_000, interval: 5 });
      call.send(cite('https://a.example/1'));
      call.complete();
    });
    // In between it may have been thinking.
    expect(job.statuses.filter((status) => status !== null)).toEqual(['reading', 'searching']);
    expect(job.statuses.at(-1)).toBeNull();
    expect(job.results).toEqual({ sources: [{ title: 'A page', url: 'https://a.example/1' }], picture: null });
  });

  const page = (id: string, text = 'The tide is low at nine.'): ReplyShare => ({
    ...{ message_id: 'question', id, kind: 'article', url: 'https://tides.example/', title: 'Tides' },
    ...{ author: null, published_at: null, text },
  });

  test.each([
    ['one page', [page('44444444-0000-7000-8000-000000000001')], ['reading_page']],
    [
      'two',
      [page('44444444-0000-7000-8000-000000000001'), page('44444444-0000-7000-8000-000000000002')],
      ['reading_pages'],
    ],
    ['none', [], []],
    ['a screenshot, which has no text', [page('44444444-0000-7000-8000-000000000001', '')], []],
  ])('[AI1] tells until the first word that it reads what was shared: %s', async (_, shares, wanted) => {
    let beforeTheWord: unknown[] = [];
    const { job } = await answer(
      async (call, asked) => {
        await vi.waitUntil(() => asked.beats > 1, { timeout: 20_000, interval: 5 });
        beforeTheWord = [...asked.statuses];
        call.say('At nine.');
        await vi.waitUntil(() => asked.statuses.at(-1) === null, { timeout: 20_000, interval: 5 });
        call.complete();
      },
      { shares, capabilities: 'web_search' },
    );
    // What was attached is read before.
    expect(beforeTheWord).toEqual(['reading', ...wanted]);
    expect(job.statuses).toEqual(['reading', ...wanted, null]);
  });

  test('stores the picture under the chat, and may be nothing else', async () => {
    const { job, outcome, stored } = await answer((call) => {
      call.send(drawn(png.toString('base64')));
      call.complete();
    });
    expect(outcome).toEqual({ state: 'done', body: '' });
    const picture = job.results?.picture;
    expect(picture).toMatchObject({ name: 'picture.png', content_type: 'image/png', width: 30, height: 20 });
    const object = `${job.chatId}/${picture?.id}`;
    expect([...stored.keys()]).toEqual([object, `${object}.thumb`]);
    expect(stored.get(object)).toEqual(new Uint8Array(png));
  });

  test.each([
    ['the service made none', drawn(null), true],
    ['it is no picture', drawn(Buffer.from('<svg onload=alert(1)>').toString('base64')), true],
    ['it is no base64', drawn('§'), true],
    ['it cannot be stored', drawn(png.toString('base64')), false],
  ])('ends in a sentence where %s', async (_why, event, write) => {
    const { outcome, job, stored } = await answer(
      (call) => {
        call.say('Here it is.');
        call.send(event);
        call.complete();
      },
      { write },
    );
    expect(outcome).toMatchObject({
      state: 'done',
      body: expect.stringMatching(/^Here it is\.\n\nThe picture could not be made\./),
    });
    expect([job.results, stored.size]).toEqual([null, 0]);
  });
});
