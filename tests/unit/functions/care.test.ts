import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Care, ReplyContext } from '../../../supabase/functions/_shared/replies.ts';
import { answerJob } from '../../../supabase/functions/reply/answer.ts';
import { screen, toolsFor } from '../../../supabase/functions/reply/care.ts';
import { MEMORY_RULES, YOUNG_RULES } from '../../../supabase/functions/reply/care-rules.ts';
import { carefulGate } from '../../../supabase/functions/reply/careful-gate.ts';
import { concernOf, KIND_WORDS } from '../../../supabase/functions/reply/concern.ts';
import { connectModel } from '../../../supabase/functions/reply/model.ts';
import { connectModerator } from '../../../supabase/functions/reply/moderator.ts';
import { encodePng } from '../../../supabase/local/practice-model/png.ts';
import { createMemoryReplies } from '../../support/memory-replies.ts';
import { CALM, type ModelServer, type ModerationScript, speak, startModelServer } from '../../support/model-server.ts';

vi.setConfig({ testTimeout: 30_000 });
const PATIENCE = { timeout: 20_000, interval: 5 };

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
beforeEach(() => {
  server.playModeration(CALM);
  server.play(speak('Fine. ', 'Really.'));
});
afterAll(() => server.stop());

const YOUNG: Care = { restricted: true, memories: [] };
const LIMITS = { deltaMs: 5, beatMs: 20, jobMs: 10_000, messages: 50, contextTokens: 1_000 };

/** Whatever holds the word is as bad as that in this category. */
const scoring =
  (word: string, scores: Readonly<Record<string, number>>): ModerationScript =>
  ({ input }) =>
    input.map((item) => (typeof item === 'string' && item.includes(word) ? scores : {}));

interface Set {
  readonly care?: Care;
  readonly question?: string;
  readonly kind?: 'solo' | 'group';
  readonly before?: readonly string[];
  readonly chat?: Partial<ReplyContext['chat']>;
  readonly isModerated?: boolean;
}

function setUp({
  care = YOUNG,
  question = 'Hi',
  kind = 'group',
  before = [],
  chat = {},
  isModerated = true,
}: Set = {}) {
  const ana = { id: 'ana-1', name: 'Ana', username: 'ana' };
  const messages = [...before, question].map((body, index) => ({
    ...{ id: `m${index}`, kind: 'member' as const, author_id: ana.id, author: 'Ana', body, reply_to: null },
    ...{ created_at: '2026-11-27T12:00:00.000Z', files: [] },
  }));
  const context: ReplyContext = {
    chat: { id: 'c', kind, title: 'Trip', instructions: '', ...chat },
    ...{ asker: ana, members: [ana], talkativeness: 0, messages, trigger_message_id: `m${before.length}` },
  };
  const memory = createMemoryReplies(() => context, [], { care });
  const job = memory.ask('c', question);
  const settings = { model: 'm', apiKey: 'k', baseUrl: server.url };
  const moderator = isModerated ? { moderator: connectModerator(settings) } : {};
  const asked = server.calls.length;
  return {
    ...{ memory, job, context, moderator },
    asked: () => server.calls.slice(asked).map(({ body }) => body),
    async answer() {
      const leased = await memory.claim(null);
      if (leased === null) throw new Error('nothing to claim');
      return answerJob(leased, { replies: memory, model: connectModel(settings), limits: LIMITS, ...moderator });
    },
  };
}

describe('[SAFE1] in a restricted chat', () => {
  test('the model gets the stricter instructions, and in others it does not', async () => {
    for (const restricted of [true, false]) {
      const { answer, asked } = setUp({ care: { ...YOUNG, restricted } });
      await answer();
      expect(String(asked()[0]?.instructions).includes(YOUNG_RULES)).toBe(restricted);
    }
  });

  test('a question of concern is answered kindly, and no model is asked', async () => {
    server.playModeration(scoring('nasty', { sexual: 0.25 }));
    const { answer, asked, job } = setUp({ question: 'Something nasty?' });
    expect(await answer()).toEqual({ state: 'done', body: KIND_WORDS.unsuitable });
    expect(asked()).toEqual([]);
    expect(job.deltas).toEqual([]);
  });

  test('somebody in distress is told where there is help', async () => {
    server.playModeration(scoring('die', { 'self-harm/intent': 0.5, 'self-harm': 0.6 }));
    expect(await setUp({ question: 'I want to die' }).answer()).toEqual({ state: 'done', body: KIND_WORDS.distress });
  });

  test('other messages, the title, the instructions and memories of concern stay out of what the model gets', async () => {
    server.playModeration(scoring('nasty', { hate: 0.9 }));
    const { answer, asked } = setUp({
      ...{
        kind: 'solo',
        before: ['a nasty joke', 'a nice joke'],
        care: { restricted: true, memories: ['nasty fact', 'I like tea.'] },
      },
      chat: { title: 'nasty title', instructions: 'Be nasty.' },
    });
    expect(await answer()).toMatchObject({ state: 'done' });
    const sent = JSON.stringify(asked()[0]?.input);
    expect(sent).not.toContain('nasty');
    for (const kept of ['a nice joke', 'I like tea.']) expect(sent).toContain(kept);
  });

  test('no word is shown before it was looked through', async () => {
    const { answer, job } = setUp();
    server.play(async (call) => {
      call.say('One sentence. And half');
      await vi.waitUntil(() => job.partial !== '', PATIENCE);
      expect(job.partial).toBe('One sentence. ');
      call.say(' of another.');
      call.complete();
    });
    expect(await answer()).toEqual({ state: 'done', body: 'One sentence. And half of another.' });
    const looked = server.moderations.flatMap(({ input }) => input);
    expect(looked).toContain('One sentence. And half of another.');
  });

  test('an answer that turns bad is withdrawn whole, and what was bad was never shown', async () => {
    server.playModeration(scoring('nasty', { violence: 0.8 }));
    const { answer, job } = setUp();
    server.play(async (call) => {
      call.say('A nice beginning. ');
      await vi.waitUntil(() => job.partial !== '', PATIENCE);
      call.say('Then something nasty. And ');
      call.say('more.');
      call.complete();
    });
    expect(await answer()).toEqual({ state: 'done', body: KIND_WORDS.unsuitable });
    expect(job.partial).toBe('A nice beginning. ');
    expect(job.message).toBe(KIND_WORDS.unsuitable);
    expect(JSON.stringify(job.deltas)).not.toContain('nasty');
  });

  test('a made picture of concern is withdrawn with its words', async () => {
    server.playModeration(({ input }) => (typeof input[0] === 'string' ? input.map(() => ({})) : [{ sexual: 0.5 }]));
    const { answer, job } = setUp();
    server.play((call) => {
      const item = {
        id: 'ig',
        type: 'image_generation_call',
        result: encodePng(4, 4, () => [1, 2, 3]).toString('base64'),
      };
      call.send({ type: 'response.output_item.done', output_index: 0, item });
      speak('Here it is.')(call);
    });
    expect(await answer()).toEqual({ state: 'done', body: KIND_WORDS.unsuitable });
    expect(job.results).toBeNull();
  });

  test('a service that does not look through is a failure that is tried again: nothing passes unseen', async () => {
    server.playModeration(() => {
      throw new Error('down');
    });
    const { answer, asked } = setUp();
    expect(await answer()).toEqual({ state: 'failed', error: 'unreachable', retry: true });
    expect(asked()).toEqual([]);
  });

  test('a service that cannot look through answers under the stricter instructions alone', async () => {
    const looked = server.moderations.length;
    const { answer, asked } = setUp({ isModerated: false });
    expect(await answer()).toMatchObject({ state: 'done', body: 'Fine. Really.' });
    expect(String(asked()[0]?.instructions)).toContain(YOUNG_RULES);
    expect(server.moderations).toHaveLength(looked);
  });

  test('a shared page of concern is looked through like the words of its message', async () => {
    server.playModeration(scoring('nasty', { hate: 0.9 }));
    const share = { id: 'p1', message_id: 'm0', text: 'a nasty page' } as never;
    const { context, moderator } = setUp({ before: ['look at this'] });
    const page = { name: 'p1', share, text: 'a nasty page' };
    const seen = { files: new Map(), pages: new Map([['m0', [page]]]) };
    const screened = await screen(context, seen, YOUNG, moderator.moderator);
    expect(screened.kind === 'open' && screened.context.messages.map(({ body }) => body)).toEqual(['Hi']);
  });

  test('no member’s picture is there for a made one', () => {
    const tools = { capabilities: new Set<never>(), files: {}, avatars: {} } as never;
    expect(toolsFor(YOUNG, tools).tools?.avatars).toBeUndefined();
    expect(toolsFor({ restricted: false, memories: [] }, tools)).toEqual({});
  });

  test('the receipt, which all members see, is as in any other chat', async () => {
    const receipts = [];
    for (const restricted of [true, false]) {
      const { answer, job } = setUp({ care: { ...YOUNG, restricted } });
      await answer();
      receipts.push({ ...job.receipt, first_ms: 0, total_ms: 0 });
    }
    expect(receipts[0]).toEqual(receipts[1]);
  });

  test('the AI stays silent of its own where what was said is of concern', async () => {
    server.playModeration(scoring('nasty', { harassment: 0.9 }));
    const ask = vi.fn().mockResolvedValue({ action: 'reply', confidence: 1, reason: '', messageId: null, emoji: null });
    for (const [question, times] of [
      ['nasty', 0],
      ['nice', 1],
    ] as const) {
      const { memory, moderator, context } = setUp({ question, before: ['nasty before'] });
      const leased = await memory.claim(null);
      if (leased === null) throw new Error('nothing to claim');
      const gate = carefulGate(leased, { replies: memory, gate: { ask }, ...moderator });
      await gate.ask({ context, chatId: 'c' });
      expect(ask).toHaveBeenCalledTimes(times);
    }
    expect(JSON.stringify(ask.mock.calls)).not.toContain('nasty');
  });
});

test('[SAFE1] in any other chat nothing is held back and nobody looks through it', async () => {
  const looked = server.moderations.length;
  expect(await setUp({ care: { restricted: false, memories: [] } }).answer()).toMatchObject({ body: 'Fine. Really.' });
  expect(server.moderations).toHaveLength(looked);
});

describe('[SAFE1] when somebody under 18 joins while the AI speaks', () => {
  /** Speaks its pieces one by one, each when the one before is on screen; lets them in after the first. */
  async function interrupted(...pieces: readonly string[]) {
    const set = setUp({ care: { restricted: false, memories: [] } });
    server.play(async (call) => {
      for (const [index, piece] of pieces.entries()) {
        call.say(piece);
        if (index > 0) continue;
        await vi.waitUntil(() => set.job.deltas.length > 0, PATIENCE);
        set.memory.letYoungIn();
        // Their coming is heard with the next beat.
        const beats = set.job.beats;
        await vi.waitUntil(() => set.job.beats > beats, PATIENCE);
      }
      call.complete();
    });
    return { outcome: await set.answer(), said: set.job.deltas.map(({ text }) => text).join('') };
  }

  test('all of the answer is looked through from then on, and it ends with kind words', async () => {
    server.playModeration(scoring('nasty', { violence: 0.9 }));
    const { outcome, said } = await interrupted('It was fine. ', 'Then it got nasty. ', 'And worse.');
    expect(outcome).toEqual({ state: 'done', body: KIND_WORDS.unsuitable });
    expect(said).toBe('It was fine. ');
  });

  test('what was said before counts too, and what is fine goes on as if nothing had happened', async () => {
    server.playModeration(scoring('nasty', { violence: 0.9 }));
    expect((await interrupted('It was nasty. ', 'Then fine.')).outcome).toMatchObject({ body: KIND_WORDS.unsuitable });
    const calm = await interrupted('One. ', 'Two.');
    expect(calm.outcome).toEqual({ state: 'done', body: 'One. Two.' });
    expect(server.calls.length).toBeGreaterThan(0);
  });

  test('with its very last words, it is looked through before it is kept', async () => {
    server.playModeration(scoring('nasty', { violence: 0.9 }));
    const { memory, answer } = setUp({ care: { restricted: false, memories: [] } });
    server.play((call) => {
      memory.letYoungIn();
      speak('Nothing but nasty.')(call);
    });
    expect(await answer()).toEqual({ state: 'done', body: KIND_WORDS.unsuitable });
  });
});

test('[SAFE1] the limits are stricter than the service’s own, and what it flags counts in any case', () => {
  const judged = (scores: Record<string, number>, flagged = false) => concernOf({ flagged, category_scores: scores });
  expect(judged({ sexual: 0.19, violence: 0.69 })).toBeNull();
  expect(judged({ sexual: 0.2 })).toBe('unsuitable');
  expect(judged({ 'sexual/minors': 0.02 })).toBe('unsuitable');
  expect(judged({}, true)).toBe('unsuitable');
  expect(judged({ 'self-harm': 0.9, 'self-harm/intent': 0.9 }, true)).toBe('distress');
  expect(judged({ 'self-harm': 0.9, 'self-harm/instructions': 0.3 }, true)).toBe('unsuitable');
});

describe('[SAFE3] memories', () => {
  const memories = ['I live in Rome.'];
  test('go along in a solo chat, after the object about the chat', async () => {
    const { answer, asked } = setUp({ kind: 'solo', care: { restricted: false, memories } });
    await answer();
    expect(asked()[0]?.input[1]).toEqual({ role: 'user', content: '{"remembered":["I live in Rome."]}' });
    expect(String(asked()[0]?.instructions)).toContain(MEMORY_RULES);
  });

  test('[AI14] carry nothing hidden from a message that was remembered', async () => {
    const hidden = ['I like tea.\u{e006f}\u{e0062}\u200b'];
    const { answer, asked } = setUp({ kind: 'solo', care: { restricted: false, memories: hidden } });
    await answer();
    expect(asked()[0]?.input[1]).toEqual({ role: 'user', content: '{"remembered":["I like tea."]}' });
  });

  test('are in no request of a group, to whatever service, even if the database gave them', async () => {
    const { answer, asked } = setUp({ kind: 'group', care: { restricted: true, memories } });
    const looked = server.moderations.length;
    await answer();
    const sent = JSON.stringify([asked(), server.moderations.slice(looked)]);
    expect(sent).toContain('Hi');
    expect(sent).not.toMatch(/Rome|remember/);
  });
});

test('[SAFE4] texts and pictures are looked through under a hash of the person', async () => {
  await setUp().answer();
  const hash = createHash('sha256').update('ana-1').digest('hex');
  expect(server.moderations.at(-1)).toMatchObject({ model: 'm', safetyIdentifier: hash });
});
