import type { Backend } from '../data/backend.ts';
import { transcribe } from '../data/speech.ts';
import type { Handlers } from './request-handlers.ts';

/** Speech for panels. */
export function createSpeechHandlers({ backend }: { readonly backend: Backend }): Pick<Handlers, 'transcribe'> {
  return { transcribe: async ({ audio }) => ({ text: await transcribe(backend, audio) }) };
}
