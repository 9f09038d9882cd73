import { createDictation, type DictationDeps } from './dictation.ts';
import { insertSpoken } from './insert-spoken.ts';
import { VoiceBar } from './VoiceBar.tsx';
import type { LoadedVoice } from './voice.ts';

/** All that is fetched when somebody is about to dictate, put together. */
export function setUpVoice(deps: DictationDeps): LoadedVoice {
  return { dictation: createDictation(deps), Bar: VoiceBar, insertSpoken };
}
