import * as v from 'valibot';
import { FailureError, failure } from '../model/failure.ts';
import type { Backend } from './backend.ts';
import { invoke } from './functions.ts';
import { parseRow } from './wire/rows.ts';

/** As the function allows. */
const MAX_BYTES = 25 * 1024 * 1024;
/** A background worker whose request takes half a minute is ended by the browser. */
const PATIENCE = 28_000;

const transcription = v.object({ text: v.string() });

/**
 * What is said in a recording, given as its parts in base64; empty when nothing is. Fails with `audio_unusable`, `audio_too_large`,
 * `speech_off`, `speech_down` and `speech_spent`.
 */
export async function transcribe(backend: Backend, parts: readonly string[]): Promise<string> {
  const audio = new Blob(parts.map(toBytes));
  if (audio.size > MAX_BYTES) throw new FailureError(failure('audio_too_large'));
  return parseRow(transcription, await invoke(backend, 'speech', audio, PATIENCE)).text;
}

function toBytes(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    // The only thing that atob throws for: this is no base64.
    throw new FailureError(failure('audio_unusable'));
  }
}
