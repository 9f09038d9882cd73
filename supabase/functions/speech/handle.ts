import { refuse } from '../_shared/answers.ts';
import type { Caller } from '../_shared/caller.ts';
import { cleanText } from '../_shared/clean-text.ts';
import type { Log } from '../_shared/log.ts';
import { readBytes } from '../_shared/read-bytes.ts';
import type { SpeechUse, Spending } from '../_shared/spending.ts';
import { recogniseSound } from './sound.ts';
import { SpeechError, type SpeechFault, type Transcriber, UNCOUNTED } from './transcriber.ts';

export interface SpeechDeps {
  readonly transcriber: Transcriber;
  readonly spending: Spending;
  identifyCaller(request: Request): Promise<Caller>;
  readonly log: Log;
}

/** As OpenAI's service takes them. */
export const MAX_AUDIO_BYTES = 25 * 1024 * 1024;

const HINTS: Readonly<Record<SpeechFault | 'speech_spent', string>> = {
  speech_off: 'Set SIDEROOM_SPEECH_MODEL to a model of the AI service that transcribes.',
  speech_down: 'Try again in a moment.',
  limited: 'Wait a minute and try again.',
  unsupported: 'Record it again.',
  speech_spent: 'It is counted from midnight to midnight in UTC.',
};

/**
 * POST of a recording's bytes (webm, ogg, mp4 or wav, at most 25 MiB): {text}, what was said in it, empty when nothing was. For
 * signed-in people. The audio passes through memory alone: nothing here stores it, and no log tells of more than its size.
 */
export async function handleSpeech(
  request: Request,
  { transcriber, spending, identifyCaller, log }: SpeechDeps,
): Promise<Response> {
  const caller = await identifyCaller(request);
  if (caller.kind !== 'user') return refuse('unauthorized', 'not signed in', 'Sign in and try again.');
  const audio = await readBytes(request, MAX_AUDIO_BYTES);
  if (audio === null) return refuse('too_large', 'a recording has at most 25 MiB', 'Record less at a time.');
  const sound = recogniseSound(audio);
  if (sound === null) return refuse('unsupported', 'expected webm, ogg, mp4 or wav', HINTS.unsupported);
  const id = crypto.randomUUID();
  if (!(await spending.begin(id))) return refuse('speech_spent', 'the money of the day is used up', HINTS.speech_spent);
  // That it could not be told keeps nobody from their words: what was set aside stays spent.
  const end = (use: SpeechUse | null) => spending.end(id, use).catch(() => undefined);
  try {
    const { text, use } = await transcriber.transcribe(audio, sound, caller.id);
    await end(use);
    log('speech', { outcome: 'done', kind: sound.extension, bytes: audio.length });
    return Response.json({ text: cleanText(text).trim() });
  } catch (thrown) {
    if (!(thrown instanceof SpeechError)) throw thrown;
    const mayHaveCost = thrown.fault === 'speech_down';
    await end(mayHaveCost ? { model: transcriber.model ?? 'unknown', ...UNCOUNTED } : null);
    log('speech', { outcome: thrown.fault, kind: sound.extension, bytes: audio.length });
    return refuse(thrown.fault, 'the recording was not transcribed', HINTS[thrown.fault]);
  }
}
