import OpenAI, { toFile } from 'openai';
import { openClient } from '../_shared/openai-client.ts';
import { safetyHeaders } from '../_shared/safety-identifier.ts';
import type { SpeechUse } from '../_shared/spending.ts';
import type { Sound } from './sound.ts';

/** Why there is no text. `speech_off`: nothing here transcribes, so trying again cannot help. `speech_down`: what was asked may have cost something. */
export type SpeechFault = 'speech_off' | 'speech_down' | 'limited' | 'unsupported';

/** A failure of the transcription service on its way through `throw`. */
export class SpeechError extends Error {
  readonly fault: SpeechFault;
  constructor(fault: SpeechFault, cause?: unknown) {
    super(fault, { cause });
    this.name = 'SpeechError';
    this.fault = fault;
  }
}

export interface Transcript {
  readonly text: string;
  readonly use: SpeechUse;
}

/** A service that writes down what is said. Throws SpeechError. */
export interface Transcriber {
  /** Name of its model; absent: it has none. */
  readonly model?: string | undefined;
  /** `personId`: whose recording it is. */
  transcribe(audio: Uint8Array<ArrayBuffer>, sound: Sound, personId: string): Promise<Transcript>;
}

export interface SpeechSettings {
  /** Name of the service's model for speech; absent: it has none. */
  readonly model: string | undefined;
  readonly apiKey: string | undefined;
  /** Of any service that has OpenAI's /audio/transcriptions; absent: OpenAI's. */
  readonly baseUrl: string | undefined;
}

/** Browsers end a background worker whose request takes half a minute: the answer has to come before that. */
const TIMEOUT_MS = 25_000;

export function connectTranscriber(
  { model, apiKey, baseUrl }: SpeechSettings,
  { fetch, timeoutMs = TIMEOUT_MS }: { fetch?: typeof globalThis.fetch; timeoutMs?: number } = {},
): Transcriber {
  return {
    model,
    async transcribe(audio, { extension, type }, personId) {
      if (model === undefined || (apiKey === undefined && baseUrl === undefined)) throw new SpeechError('speech_off');
      const client = openClient({ apiKey, baseUrl }, { timeout: timeoutMs, fetch });
      try {
        const file = await toFile(audio, `speech.${extension}`, { type });
        const { text, usage } = await client.audio.transcriptions.create(
          { file, model, response_format: 'json' },
          { headers: await safetyHeaders(personId) },
        );
        return { text, use: { model, ...countsOf(usage) } };
      } catch (thrown) {
        throw new SpeechError(faultOf(thrown), thrown);
      }
    },
  };
}

/** Services that speak this API halfway leave it out. */
function countsOf(usage: OpenAI.Audio.Transcription['usage']): Omit<SpeechUse, 'model'> {
  if (usage?.type === 'duration') return { ...UNCOUNTED, seconds: usage.seconds };
  if (usage?.type !== 'tokens') return UNCOUNTED;
  return { input_tokens: usage.input_tokens, output_tokens: usage.output_tokens, seconds: null };
}

export const UNCOUNTED: Omit<SpeechUse, 'model'> = { input_tokens: null, output_tokens: null, seconds: null };

/** A lost socket is a plain TypeError there, a garbled answer a SyntaxError: the service is not to be reached. */
function faultOf(thrown: unknown): SpeechFault {
  if (!(thrown instanceof OpenAI.APIError) || thrown instanceof OpenAI.APIConnectionError) return 'speech_down';
  const { status = 500, code } = thrown;
  if (code === 'insufficient_quota') return 'speech_off';
  if (status === 401 || status === 403 || status === 404 || status === 405) return 'speech_off';
  if (status === 429) return 'limited';
  if (status === 408 || status >= 500) return 'speech_down';
  return 'unsupported';
}
