import { describe, expect, test, vi } from 'vitest';
import type { Caller } from '../../../supabase/functions/_shared/caller.ts';
import { handleSpeech, MAX_AUDIO_BYTES } from '../../../supabase/functions/speech/handle.ts';
import { recogniseSound } from '../../../supabase/functions/speech/sound.ts';
import { connectTranscriber, type Transcriber } from '../../../supabase/functions/speech/transcriber.ts';
import { wavOf } from '../../support/recordings.ts';

const ANA: Caller = { kind: 'user', id: 'ana', token: 'jwt' };
const bytes = (...parts: (string | number)[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...Buffer.from(part, 'latin1')])));

function setUp(caller: Caller = ANA) {
  const transcribe = vi.fn<Transcriber['transcribe']>().mockResolvedValue('secret words');
  const log = vi.fn();
  const deps = { transcriber: { transcribe }, identifyCaller: async () => caller, log };
  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    handleSpeech(new Request('http://localhost/speech', { method: 'POST', body, headers }), deps);
  return { transcribe, log, post };
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
    expect(await connectTranscriber(settings, { fetch }).transcribe(wavOf(1), wav, 'ana')).toBe('hello');
    const form = await sent?.formData();
    expect([sent?.url, form?.get('model')]).toEqual(['http://127.0.0.1:1/v1/audio/transcriptions', 'hear']);
    expect(form?.get('file')).toMatchObject({ name: 'speech.wav', type: 'audio/wav', size: wavOf(1).length });
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
