import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReplyContext } from '../../../supabase/functions/_shared/replies.ts';
import { foldEvents } from '../../../supabase/functions/reply/fold.ts';
import { connectDecisionsGate } from '../../../supabase/functions/reply/gate-decisions.ts';
import { connectGate } from '../../../supabase/functions/reply/gate-responses.ts';
import { connectModel } from '../../../supabase/functions/reply/model.ts';
import { connectModerator } from '../../../supabase/functions/reply/moderator.ts';
import { connectSummarizer } from '../../../supabase/functions/reply/summarizer.ts';
import { connectTranscriber } from '../../../supabase/functions/speech/transcriber.ts';
import { type PracticeModel, startPracticeModel } from '../../../supabase/local/practice-model/server.ts';
import { wavOf } from '../../support/recordings.ts';

const FUNCTIONS = fileURLToPath(new URL('../../../supabase/functions/', import.meta.url));
const ANA = '0199e000-0000-7000-8000-00000000a4a0';
const HASH = createHash('sha256').update(ANA).digest('hex');

let model: PracticeModel;
beforeAll(async () => {
  model = await startPracticeModel({ wordMs: 0 });
});
afterAll(() => model.stop());

interface Sent {
  readonly path: string;
  readonly header: string | null;
  readonly body: string;
}

/** What one piece of work sends to the model service. */
async function sentBy(work: (fetch: typeof globalThis.fetch, settings: Settings) => Promise<unknown>): Promise<Sent[]> {
  const sent: Sent[] = [];
  const spy: typeof fetch = async (input, init) => {
    if (String(input).startsWith('data:')) return fetch(input, init);
    const request = new Request(input, init);
    const header = request.headers.get('openai-safety-identifier');
    sent.push({ path: new URL(request.url).pathname, header, body: await request.clone().text() });
    return fetch(request);
  };
  await work(spy, { model: 'practice', apiKey: 'k', baseUrl: model.url });
  return sent;
}

type Settings = { readonly model: string; readonly apiKey: string; readonly baseUrl: string };

const ana = { id: ANA, name: 'Ana', username: 'ana' };
const context: ReplyContext = {
  chat: { id: 'c', kind: 'group', title: 'Trip', instructions: '' },
  ...{ asker: ana, members: [ana], talkativeness: 0, trigger_message_id: 'm', messages: [] },
};

const REQUESTS: Readonly<Record<string, Parameters<typeof sentBy>[0]>> = {
  async answer(fetch, settings) {
    const request = { input: [{ role: 'user' as const, content: 'Hi' }], chatId: 'c', askerId: ANA };
    for await (const _ of foldEvents(connectModel(settings, fetch).answer(request, new AbortController().signal)));
  },
  gate: (fetch, settings) => connectGate(settings, fetch).ask({ context, chatId: 'c' }),
  'gate by decisions': (fetch, settings) => connectDecisionsGate(settings, fetch).ask({ context, chatId: 'c' }),
  summary: (fetch, settings) =>
    connectSummarizer(settings, fetch).summarise(
      { earlier: { summary: null, mark: '', messages: [] }, chatId: 'c', askerId: ANA } as never,
      new AbortController().signal,
    ),
  transcription: (fetch, settings) =>
    connectTranscriber(settings, { fetch }).transcribe(wavOf(1), { extension: 'wav', type: 'audio/wav' }, ANA),
  moderation: (fetch, settings) => connectModerator(settings, fetch).checkTexts(['Hi'], ANA),
};

test.for(Object.entries(REQUESTS))('[SAFE4] %s: nothing is stored, and the person is a hash', async ([, work]) => {
  const [sent, ...others] = await sentBy(work);
  if (sent === undefined) throw new Error('nothing was sent');
  expect(others).toEqual([]);
  expect(sent.body).not.toContain(ANA);
  if (sent.path === '/v1/responses')
    expect(JSON.parse(sent.body)).toMatchObject({ store: false, safety_identifier: HASH });
  else if (sent.path === '/v1/decisions') expect(JSON.parse(sent.body)).toMatchObject({ safety_identifier: HASH });
  // These know neither parameter, and keep nothing.
  else expect(sent.header).toBe(HASH);
});

test('[SAFE4] there is no other way to the model service', () => {
  const files = readdirSync(FUNCTIONS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const having = (code: RegExp) =>
    files.filter((file) => code.test(readFileSync(join(FUNCTIONS, file), 'utf8'))).toSorted();
  expect(having(/new OpenAI\(/)).toEqual(['_shared/openai-client.ts']);
  expect(having(/(?<!function )openClient\(/)).toEqual([
    'reply/gate-decisions.ts',
    'reply/gate-responses.ts',
    'reply/model.ts',
    'reply/moderator.ts',
    'reply/summarizer.ts',
    'speech/transcriber.ts',
  ]);
});
