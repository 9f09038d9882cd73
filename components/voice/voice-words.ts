import type { Failure } from '../../lib/model/failure.ts';
import type { MicrophoneTrouble } from '../../lib/model/voice.ts';
import { failureText } from '../failure-text.ts';

const TROUBLES: Record<MicrophoneTrouble | 'unopened', string> = {
  denied: 'Sideroom may not use the microphone. You can allow it in a few clicks.',
  missing: 'No microphone was found. Connect one, or switch it on, and try again.',
  busy: 'The microphone could not be opened. Another program may be using it.',
  unopened: 'The microphone did not open. Try again.',
};

export function troubleText(why: MicrophoneTrouble | 'unopened'): string {
  return TROUBLES[why];
}

/** Why the words are not there, and what became of the recording. */
export function speechFailureText(failure: Failure, hasAudio: boolean): string {
  if (failure.code !== 'unreachable') return failureText(failure);
  return hasAudio
    ? 'Sideroom cannot reach its server right now. Your recording is kept; try again in a moment.'
    : 'You are offline. Dictating needs a connection; what you typed is kept.';
}

/** `0:07`, `4:59`. */
export function elapsedWords(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
