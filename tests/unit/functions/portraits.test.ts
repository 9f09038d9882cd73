import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { PictureRight, Portrait } from '../../../supabase/functions/_shared/replies.ts';
import { answerJob } from '../../../supabase/functions/reply/answer.ts';
import { parseCapabilities } from '../../../supabase/functions/reply/capabilities.ts';
import { connectModel } from '../../../supabase/functions/reply/model.ts';
import { encodePng } from '../../../supabase/local/practice-model/png.ts';
import { createMemoryReplies } from '../../support/memory-replies.ts';
import { type ModelServer, type Script, speak, startModelServer } from '../../support/model-server.ts';

vi.setConfig({ testTimeout: 30_000 });

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.stop());

const png = new Uint8Array(encodePng(3, 2, () => [1, 2, 3]));
// The asker of the memory's context, who goes by u1.
const ANA: Portrait = { user_id: 'a1b2', path: 'a1b2/face.png' };

const asksFor = (people: unknown) => ({
  type: 'response.output_item.done',
  item: { type: 'function_call', name: 'profile_pictures', arguments: JSON.stringify({ people }) },
});

interface Options {
  readonly portraits?: readonly Portrait[];
  readonly pictures?: PictureRight;
  readonly capabilities?: string;
  readonly stored?: Uint8Array<ArrayBuffer> | null;
}

async function answer(
  script: Script,
  {
    portraits = [ANA],
    pictures = { taken: true },
    capabilities = 'images,image_generation',
    stored = png,
  }: Options = {},
) {
  const memory = createMemoryReplies(undefined, [], { portraits, pictures });
  const job = memory.ask('c', 'Make a picture of me');
  const leased = await memory.claim(null);
  if (leased === null) throw new Error('nothing to claim');
  const before = server.calls.length;
  server.play(script);
  const read = vi.fn(async () => stored);
  const files = { read: async () => null, write: async () => undefined, copy: async () => undefined };
  const outcome = await answerJob(leased, {
    replies: memory,
    model: connectModel({ model: 'm', apiKey: 'k', baseUrl: server.url }),
    limits: { deltaMs: 1, beatMs: 20, jobMs: 10_000, messages: 50, contextTokens: 1_000 },
    tools: { capabilities: parseCapabilities(capabilities, undefined), files, avatars: { read } },
  });
  const bodies = server.calls.slice(before).map(({ body }) => body);
  return { job, outcome, read, bodies, sent: JSON.stringify(bodies) };
}

const namesOffered = (body: Readonly<Record<string, unknown>> | undefined) =>
  ((body?.['tools'] ?? []) as { name?: string; parameters?: object }[]).filter(({ name }) => name !== undefined);

/** Asks for pictures the first time, and says something the next. */
const first = (people: unknown): Script => {
  let asked = 0;
  return (call) => {
    asked += 1;
    if (asked > 1) return speak('Here.')(call);
    call.send(asksFor(people));
    call.complete({ input: 500, output: 9 });
  };
};

describe('[AI9] profile pictures', () => {
  test('are not sent unless the model asks for them', async () => {
    const { bodies, sent, read } = await answer(speak('Of what?'));
    expect(namesOffered(bodies[0])).toMatchObject([
      { name: 'profile_pictures', strict: true, parameters: { properties: { people: { items: { enum: ['u1'] } } } } },
    ]);
    expect([bodies.length, sent.includes('data:'), read.mock.calls.length]).toEqual([1, false, 0]);
  });

  test('are shown when it does: the same question again, with whose they are, and no way to ask for more', async () => {
    const { bodies, outcome, job, sent, read } = await answer(first(['u1']));
    expect(outcome).toEqual({ state: 'done', body: 'Here.' });
    expect(bodies).toHaveLength(2);
    expect(bodies[1]?.input.slice(0, -1)).toEqual(bodies[0]?.input);
    expect(bodies[1]?.input.at(-1)?.content).toEqual([
      { type: 'input_text', text: '{"profile_pictures":[{"of":"u1","shown":true}]}' },
      { type: 'input_image', image_url: expect.stringMatching(/^data:image\/png;base64,/), detail: 'auto' },
    ]);
    expect(namesOffered(bodies[1])).toEqual([]);
    expect(read.mock.calls).toEqual([['a1b2/face.png']]);
    expect(sent).not.toContain('a1b2');
    // Both requests are to be paid.
    expect(job.uses).toMatchObject([{ input_tokens: 500, output_tokens: 9 }, { input_tokens: null }]);
  });

  test.each([
    ['somebody who does not allow it', ['u2'], png],
    ['a picture that is not there', ['u1'], null],
    ['what is no picture', ['u1'], new Uint8Array([1, 2, 3])],
  ])('%s is not shown, and the answer comes all the same', async (_, people, stored) => {
    const { outcome, bodies, sent } = await answer(first(people), { stored });
    expect(outcome).toMatchObject({ state: 'done' });
    expect([bodies.length, sent.includes('data:'), sent.includes('missing')]).toEqual([2, false, true]);
  });

  test('a call that makes no sense ends the answer as any other without words', async () => {
    const { outcome, bodies } = await answer(first('everyone'));
    expect([bodies.length, outcome]).toEqual([1, { state: 'failed', error: 'model', retry: false }]);
  });

  test.each<[string, Options]>([
    ['nobody allows it', { portraits: [] }],
    ['nobody asked, so there is no picture', { pictures: { taken: false } }],
    ['the plan has no picture left', { pictures: { taken: false, resets_at: '2026-11-28T00:00:00Z' } }],
    ['the service sees no pictures', { capabilities: 'image_generation' }],
    ['the service makes none', { capabilities: 'images' }],
  ])('cannot be asked for where %s', async (_, options) => {
    const { bodies } = await answer(speak('No.'), options);
    expect(namesOffered(bodies[0]).map(({ name }) => name)).not.toContain('profile_pictures');
  });
});
