import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import { IconButton } from '../parts/IconButton.tsx';
import { useLayer } from '../parts/use-layer.ts';
import type { Dictation } from './dictation.ts';
import { LevelMeter } from './LevelMeter.tsx';
import './voice-bar.css';
import type { VoiceState } from './voice-state.ts';
import { elapsedWords, speechFailureText, troubleText } from './voice-words.ts';

/** Where dictating stands, above the text that it goes into. The cross or Escape ends it. */
export function VoiceBar({ chatId }: { chatId: string }) {
  const { dictation } = usePanel().voice?.loaded.value ?? {};
  if (dictation === undefined || dictation.chatId.value !== chatId || dictation.state.value.name === 'idle')
    return null;
  return <Open dictation={dictation} />;
}

function Open({ dictation }: { dictation: Dictation }) {
  const state = dictation.state.value;
  useLayer(true, dictation.cancel);
  const isTrouble = state.name === 'refused' || state.name === 'failed';
  return (
    <div class="voice-bar" data-state={state.name}>
      {isTrouble && <Icon name="alert" />}
      {state.name === 'recording' && <LevelMeter dictation={dictation} />}
      {state.name === 'recording' && <span class="voice-time">{elapsedWords(dictation.seconds.value)}</span>}
      <p role={isTrouble ? 'alert' : 'status'}>{wordsOf(state)}</p>
      {state.name === 'refused' && state.why === 'denied' && <Button onClick={dictation.help}>Show how</Button>}
      {canRetry(state) && <Button onClick={dictation.retry}>Try again</Button>}
      <IconButton icon="close" label={isTrouble ? 'Close' : 'Cancel dictating'} onClick={dictation.cancel} />
    </div>
  );
}

/** The same recording says the same again, unless what failed lay elsewhere. */
function canRetry(state: VoiceState): boolean {
  return state.name === 'failed' && state.audio.length > 0 && state.failure.kind !== 'invalid';
}

function wordsOf(state: VoiceState): string {
  switch (state.name) {
    case 'idle':
      return '';
    case 'opening':
      return 'Opening the microphone…';
    case 'asking':
      return 'Allow the microphone in the window that opened.';
    case 'recording':
      return state.pressedAt === null
        ? 'Listening. Press stop when you are done.'
        : 'Listening. Let go when you are done.';
    case 'stopping':
    case 'transcribing':
      return 'Writing down what you said…';
    case 'refused':
      return troubleText(state.why);
    case 'failed':
      return speechFailureText(state.failure, state.audio.length > 0);
  }
}
