import OpenAI, { toFile } from 'openai';
import { openClient } from '../_shared/openai-client.ts';
import { safetyHeaders } from '../_shared/safety-identifier.ts';
import type { Sound } from './sound.ts';

/** Why there is no text. `speech_off`: nothing here transcribes, so trying again cannot help. */
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

/** A service that writes down what is said. Throws SpeechError. */
export interface Transcriber {
  /** `personId`: whose recording it is. */
  transcribe(audio: Uint8Array<ArrayBuffer>, sound: Sound, personId: string): Promise<string>;
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
    async transcribe(audio, { extension, type }, personId) {
      if (model === undefined || (apiKey === undefined && baseUrl === undefined)) throw new SpeechError('speech_off');
      const client = openClient({ apiKey, baseUrl }, { timeout: timeoutMs, fetch });
      try {
        const file = await toFile(audio, `speech.${extension}`, { type });
        const { text } = await client.audio.transcriptions.create(
          { file, model, response_format: 'json' },
          { headers: await safetyHeaders(personId) },
        );
        return text;
      } catch (thrown) {
        throw new SpeechError(faultOf(thrown), thrown);
      }
    },
  };
}

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
