import { refuse } from '../_shared/answers.ts';
import type { Caller } from '../_shared/caller.ts';
import { cleanText } from '../_shared/clean-text.ts';
import type { Log } from '../_shared/log.ts';
import { readBytes } from '../_shared/read-bytes.ts';
import { recogniseSound } from './sound.ts';
import { SpeechError, type SpeechFault, type Transcriber } from './transcriber.ts';

export interface SpeechDeps {
  readonly transcriber: Transcriber;
  identifyCaller(request: Request): Promise<Caller>;
  readonly log: Log;
}

/** As OpenAI's service takes them. */
export const MAX_AUDIO_BYTES = 25 * 1024 * 1024;

const HINTS: Readonly<Record<SpeechFault, string>> = {
  speech_off: 'Set SIDEROOM_SPEECH_MODEL to a model of the AI service that transcribes.',
  speech_down: 'Try again in a moment.',
  limited: 'Wait a minute and try again.',
  unsupported: 'Record it again.',
};

/**
 * POST of a recording's bytes (webm, ogg, mp4 or wav, at most 25 MiB): {text}, what was said in it, empty when nothing was. For
 * signed-in people. The audio passes through memory alone: nothing here stores it, and no log tells of more than its size.
 */
export async function handleSpeech(
  request: Request,
  { transcriber, identifyCaller, log }: SpeechDeps,
): Promise<Response> {
  const caller = await identifyCaller(request);
  if (caller.kind !== 'user') return refuse('unauthorized', 'not signed in', 'Sign in and try again.');
  const audio = await readBytes(request, MAX_AUDIO_BYTES);
  if (audio === null) return refuse('too_large', 'a recording has at most 25 MiB', 'Record less at a time.');
  const sound = recogniseSound(audio);
  if (sound === null) return refuse('unsupported', 'expected webm, ogg, mp4 or wav', HINTS.unsupported);
  try {
    const text = cleanText(await transcriber.transcribe(audio, sound, caller.id)).trim();
    log('speech', { outcome: 'done', kind: sound.extension, bytes: audio.length });
    return Response.json({ text });
  } catch (thrown) {
    if (!(thrown instanceof SpeechError)) throw thrown;
    log('speech', { outcome: thrown.fault, kind: sound.extension, bytes: audio.length });
    return refuse(thrown.fault, 'the recording was not transcribed', HINTS[thrown.fault]);
  }
}
