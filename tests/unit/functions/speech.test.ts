import { describe, expect, test, vi } from 'vitest';
import type { Caller } from '../../../supabase/functions/_shared/caller.ts';
import type { Spending } from '../../../supabase/functions/_shared/spending.ts';
import { handleSpeech, MAX_AUDIO_BYTES } from '../../../supabase/functions/speech/handle.ts';
import { recogniseSound } from '../../../supabase/functions/speech/sound.ts';
import {
  connectTranscriber,
  SpeechError,
  type SpeechFault,
  type Transcriber,
} from '../../../supabase/functions/speech/transcriber.ts';
import { wavOf } from '../../support/recordings.ts';

const ANA: Caller = { kind: 'user', id: 'ana', token: 'jwt' };
const bytes = (...parts: (string | number)[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...Buffer.from(part, 'latin1')])));

const USE = { model: 'hear', input_tokens: 90, output_tokens: 3, seconds: null };

function setUp(caller: Caller = ANA) {
  const transcribe = vi.fn<Transcriber['transcribe']>().mockResolvedValue({ text: 'secret words', use: USE });
  const log = vi.fn();
  const spending = {
    begin: vi.fn<Spending['begin']>().mockResolvedValue(true),
    end: vi.fn<Spending['end']>().mockResolvedValue(),
  };
  const deps = { transcriber: { model: 'hear', transcribe }, spending, identifyCaller: async () => caller, log };
  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    handleSpeech(new Request('http://localhost/speech', { method: 'POST', body, headers }), deps);
  return { transcribe, spending, log, post };
}

describe('[MSG10] handleSpeech', () => {
  test('hands the bytes on as they came, and gives the words back', async () => {
    const { transcribe, post } = setUp();
    const response = await post(wavOf(1), { 'content-type': 'video/unknown' });
    expect([response.status, await response.json()]).toEqual([200, { text: 'secret words' }]);
    expect(transcribe).toHaveBeenCalledWith(wavOf(1), { extension: 'wav', type: 'audio/wav' }, 'ana');
  });

  test.each<Caller>([{ kind: 'anonymous' }, { kind: 'service' }])('%o gets nothing transcribed', async (caller) => {
    const { transcribe, post } = setUp(caller);
    expect((await post(wavOf(1))).status).toBe(401);
    expect(transcribe).not.toHaveBeenCalled();
  });

  test('stops reading what announces itself as too large, and what turns out to be', async () => {
    const { transcribe, post } = setUp();
    expect((await post(wavOf(1), { 'content-length': String(MAX_AUDIO_BYTES + 1) })).status).toBe(413);
    expect((await post(new Uint8Array(MAX_AUDIO_BYTES + 1))).status).toBe(413);
    expect(transcribe).not.toHaveBeenCalled();
  });

  test('[AI10] money is set aside before anything is sent, and makes way for what it cost', async () => {
    const { transcribe, spending, post } = setUp();
    await post(wavOf(1));
    const [[id] = []] = spending.begin.mock.calls;
    expect(spending.begin.mock.invocationCallOrder[0]).toBeLessThan(transcribe.mock.invocationCallOrder[0] ?? 0);
    expect(spending.end.mock.calls).toEqual([[id, USE]]);
  });

  test('[AI10] when the money of the day is used up nothing is sent, and it is said', async () => {
    const { transcribe, spending, post } = setUp();
    spending.begin.mockResolvedValue(false);
    const response = await post(wavOf(1));
    expect([response.status, await response.json()]).toMatchObject([429, { code: 'speech_spent' }]);
    expect(transcribe).not.toHaveBeenCalled();
  });

  test.each<[SpeechFault, object | null]>([
    ['limited', null],
    ['speech_off', null],
    ['unsupported', null],
    ['speech_down', { model: 'hear', input_tokens: null, output_tokens: null, seconds: null }],
  ])('[AI10] %s: only what may have been done counts, at an unknown cost', async (fault, use) => {
    const { transcribe, spending, post } = setUp();
    transcribe.mockRejectedValue(new SpeechError(fault));
    await post(wavOf(1));
    expect(spending.end.mock.calls).toEqual([[expect.any(String), use]]);
  });

  test('that the cost could not be told keeps nobody from the words', async () => {
    const { spending, post } = setUp();
    spending.end.mockRejectedValue(new Error('away'));
    expect((await post(wavOf(1))).status).toBe(200);
  });

  test('the log tells the size and the kind, never the words', async () => {
    const { log, post } = setUp();
    await post(wavOf(1));
    expect(log.mock.calls).toEqual([['speech', { outcome: 'done', kind: 'wav', bytes: wavOf(1).length }]]);
  });
});

test.each([
  ['webm', bytes(0x1a, 0x45, 0xdf, 0xa3, 'x')],
  ['ogg', bytes('OggS', 0)],
  ['mp4', bytes(0, 0, 0, 0x1c, 'ftypiso5')],
  ['wav', wavOf(1)],
  [undefined, bytes('RIFF', 0, 0, 0, 0, 'AVI ')],
  [undefined, bytes('ID3')],
  [undefined, bytes()],
])('[MSG10] recognises %s by its first bytes', (extension, sound) => {
  expect(recogniseSound(sound)?.extension).toBe(extension);
});

describe('[MSG10] connectTranscriber', () => {
  const wav = { extension: 'wav', type: 'audio/wav' } as const;
  const settings = { model: 'hear', apiKey: 'k', baseUrl: 'http://127.0.0.1:1/v1' };

  test('posts the model and the file as a form', async () => {
    let sent: Request | undefined;
    const fetch = async (input: string | URL | Request, init?: RequestInit) => {
      sent = new Request(input, init);
      return Response.json({ text: 'hello' });
    };
    expect(await connectTranscriber(settings, { fetch }).transcribe(wavOf(1), wav, 'ana')).toMatchObject({
      text: 'hello',
    });
    const form = await sent?.formData();
    expect([sent?.url, form?.get('model')]).toEqual(['http://127.0.0.1:1/v1/audio/transcriptions', 'hear']);
    expect(form?.get('file')).toMatchObject({ name: 'speech.wav', type: 'audio/wav', size: wavOf(1).length });
  });

  test.each([
    ['by tokens', { type: 'tokens', input_tokens: 90, output_tokens: 3, total_tokens: 93 }, [90, 3, null]],
    ['by time', { type: 'duration', seconds: 7.5 }, [null, null, 7.5]],
    ['not at all', undefined, [null, null, null]],
  ])('[AI10] tells what was used as the service counts: %s', async (_how, usage, [input, output, seconds]) => {
    const fetch = async () => Response.json({ text: 'hello', usage });
    expect((await connectTranscriber(settings, { fetch }).transcribe(wavOf(1), wav, 'ana')).use).toEqual({
      ...{ model: 'hear', input_tokens: input, output_tokens: output, seconds },
    });
  });

  test('without a model there is nobody to ask', async () => {
    const off = connectTranscriber({ ...settings, model: undefined });
    await expect(off.transcribe(wavOf(1), wav, 'ana')).rejects.toMatchObject({ fault: 'speech_off' });
  });

  test('a service that never answers is down', async () => {
    const fetch = (input: string | URL | Request, init?: RequestInit) => {
      // The client first asks its fetch whether it knows forms.
      if (String(input).startsWith('data:')) return globalThis.fetch(input, init);
      return new Promise<Response>((_, reject) => init?.signal?.addEventListener('abort', () => reject(new Error())));
    };
    const slow = connectTranscriber(settings, { fetch, timeoutMs: 20 });
    await expect(slow.transcribe(wavOf(1), wav, 'ana')).rejects.toMatchObject({ fault: 'speech_down' });
  });
});
