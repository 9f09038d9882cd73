import { beforeAll, describe, expect, test } from 'vitest';
import type { ReplyContext } from '../../../supabase/functions/_shared/replies.ts';
import { parseCapabilities } from '../../../supabase/functions/reply/capabilities.ts';
import { connectDecisionsGate } from '../../../supabase/functions/reply/gate-decisions.ts';
import { connectGate } from '../../../supabase/functions/reply/gate-responses.ts';
import type { InputFile } from '../../../supabase/functions/reply/input-files.ts';
import { connectModel, type ModelRequest } from '../../../supabase/functions/reply/model.ts';
import { buildInput } from '../../../supabase/functions/reply/model-input.ts';
import { connectModerator, type Moderator } from '../../../supabase/functions/reply/moderator.ts';
import { connectSummarizer } from '../../../supabase/functions/reply/summarizer.ts';
import { toolsOf } from '../../../supabase/functions/reply/tools.ts';
import { connectTranscriber } from '../../../supabase/functions/speech/transcriber.ts';
import { wavOf } from '../../support/recordings.ts';
import { findTypeFaults, type SentBody } from '../../support/request-types.ts';

const settings = { model: 'm', apiKey: 'k', baseUrl: 'http://127.0.0.1:1/v1' };
const ana = { id: 'ana-id', name: 'Ana', username: 'ana' };
const FILES: readonly InputFile[] = [
  { name: 'a.png', kind: 'image', dataUrl: 'data:image/png;base64,AA==' },
  { name: 'b.pdf', kind: 'document', dataUrl: 'data:application/pdf;base64,AA==' },
  { name: 'c.txt', kind: 'text', text: 'low tide', isCut: true },
  { name: 'd.zip', kind: 'unread' },
];
const said = (id: string, kind: 'member' | 'assistant', files: readonly InputFile[] = []) => ({
  ...{ id, kind, body: 'words', reply_to: null, created_at: '2026-11-23T12:00:00.000Z' },
  ...{ author_id: kind === 'member' ? ana.id : null, author: kind === 'member' ? ana.name : null },
  files: files.map(({ name }) => name),
});
const CONTEXT: ReplyContext = {
  ...{ chat: { id: 'c', kind: 'group', title: 'Trip', instructions: 'Be kind.' }, asker: ana, members: [ana] },
  ...{ talkativeness: 0, trigger_message_id: 'one' },
  messages: [said('one', 'member', FILES), said('two', 'assistant', FILES), said('three', 'member')],
};

/** What a client posts; the service is not there. */
async function postedBy(call: (fetch: typeof globalThis.fetch) => Promise<unknown>): Promise<RequestInit['body']> {
  let body: RequestInit['body'];
  await call(async (input, init) => {
    // Clients first ask their fetch whether it knows forms.
    if (String(input).startsWith('data:')) return globalThis.fetch(input, init);
    body = init?.body;
    return Response.json({ error: { message: 'not here' } }, { status: 400 });
  }).catch(() => undefined);
  return body;
}

async function answerBody(more: Partial<ModelRequest>): Promise<SentBody> {
  const input = buildInput(CONTEXT, 10_000, {
    files: new Map([
      ['one', FILES],
      ['two', FILES],
    ]),
  });
  const body = await postedBy((fetch) =>
    connectModel(settings, fetch)
      .answer({ input, chatId: 'c', askerId: ana.id, ...more }, new AbortController().signal)
      .next(),
  );
  return { type: 'Responses.ResponseCreateParamsStreaming', source: String(body) };
}

async function gateBody(): Promise<SentBody> {
  const body = await postedBy((fetch) => connectGate(settings, fetch).ask({ context: CONTEXT, chatId: 'c' }));
  return { type: 'Responses.ResponseCreateParamsNonStreaming', source: String(body) };
}

async function decisionsBody(): Promise<SentBody> {
  const body = await postedBy((fetch) => connectDecisionsGate(settings, fetch).ask({ context: CONTEXT, chatId: 'c' }));
  return { type: 'DecisionCreateParams', source: String(body) };
}

async function summaryBody(): Promise<SentBody> {
  const messages = [{ id: 'one', kind: 'member' as const, author: 'Ana', body: 'words' }];
  const request = { earlier: { summary: 'They met.', mark: '', messages }, chatId: 'c', askerId: ana.id };
  const body = await postedBy((fetch) =>
    connectSummarizer(settings, fetch).summarise(request, new AbortController().signal),
  );
  return { type: 'Responses.ResponseCreateParamsNonStreaming', source: String(body) };
}

async function speechBody(): Promise<SentBody> {
  const sound = { extension: 'wav', type: 'audio/wav' } as const;
  const form = (await postedBy((fetch) =>
    connectTranscriber(settings, { fetch }).transcribe(wavOf(1), sound, ana.id),
  )) as FormData;
  const entries = [...form.entries()].map(([name, value]) =>
    typeof value === 'string'
      ? `${name}: ${JSON.stringify(value)}`
      : `${name}: new File([], ${JSON.stringify(value.name)})`,
  );
  return { type: 'Audio.TranscriptionCreateParamsNonStreaming', source: `{ ${entries.join(', ')} }` };
}

async function moderationBody(ask: (moderator: Moderator) => Promise<unknown>): Promise<SentBody> {
  const body = await postedBy((fetch) => ask(connectModerator(settings, fetch)));
  return { type: 'ModerationCreateParams', source: String(body) };
}

describe('every body that goes to the model service is of the type that the pinned package has for it', () => {
  const all = parseCapabilities(undefined, undefined);
  const bodies: Record<string, () => Promise<SentBody>> = {
    'an answer in words': () => answerBody({}),
    'an answer with tools, thinking hard': () => answerBody({ tools: toolsOf(all), effort: 'high', model: 'larger' }),
    'an answer without pictures left': () => answerBody({ tools: toolsOf(all, 'used_up'), effort: 'none' }),
    'the question of a turn': gateBody,
    'the same over the Decisions API': decisionsBody,
    'a summary': summaryBody,
    'a recording': speechBody,
    'texts to be looked through': () => moderationBody((moderator) => moderator.checkTexts(['one', 'two'], ana.id)),
    'a picture to be looked through': () =>
      moderationBody((moderator) => moderator.checkPicture('data:image/png;base64,AA==', ana.id)),
  };
  const wrong: Record<string, SentBody> = {
    'a property that there is none of': {
      type: 'Responses.ResponseCreateParamsStreaming',
      source: '{ "model": "m", "input": "x", "stream": true, "storage": false }',
    },
    'a tool with a format that it has not': {
      type: 'Responses.ResponseCreateParamsStreaming',
      source:
        '{ "model": "m", "input": "x", "stream": true, "tools": [{ "type": "image_generation", "output_format": "bmp" }] }',
    },
  };
  let faults: ReadonlyMap<string, readonly string[]>;

  beforeAll(async () => {
    const sent = await Promise.all(Object.values(bodies).map((make) => make()));
    for (const { source } of sent) expect(source).toContain('model');
    const found = await findTypeFaults([...sent, ...Object.values(wrong)]);
    faults = new Map([...Object.keys(bodies), ...Object.keys(wrong)].map((name, index) => [name, found[index] ?? []]));
  }, 60_000);

  test.each(Object.keys(bodies))('%s', (name) => {
    expect(faults.get(name)).toEqual([]);
  });

  test.each(Object.keys(wrong))('which would show %s', (name) => {
    expect(faults.get(name)).not.toEqual([]);
  });
});
