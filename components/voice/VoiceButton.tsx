import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Icon } from '../parts/Icon.tsx';
import type { LoadedVoice, Voice } from './voice.ts';
import './voice-button.css';

interface VoiceButtonProps {
  voice: Voice;
  view: ChatView;
  field: RefObject<HTMLTextAreaElement | null>;
}

/**
 * The microphone: a click switches it on and off, a hold records as long as it is held. The spoken words come into the draft at the
 * caret. The press itself begins, so that nothing is lost of what is said at once.
 */
export function VoiceButton({ voice, view, field }: VoiceButtonProps) {
  const panel = usePanel();
  const { drafts } = panel;
  const chatId = view.chat.id;
  /** The press came by pointer or key, so the click after it is not another one. */
  const isPressed = useRef(false);
  const latest = useRef(view);
  latest.current = view;
  const { dictation } = voice.loaded.value ?? {};
  const isHere = dictation?.chatId.value === chatId;
  const isOn = isHere && (dictation?.state.value.name === 'recording' || dictation?.state.value.name === 'opening');
  useEffect(() => () => voice.loaded.value?.dictation.leave(chatId), [voice, chatId]);

  function insert({ insertSpoken }: LoadedVoice, spoken: string): void {
    const draft = drafts.of(latest.current);
    const element = field.current;
    const { text, caret } = insertSpoken(draft.value, element?.selectionEnd ?? draft.value.length, spoken);
    if (element !== null) {
      // The caret is set on the field itself, so the text has to stand there already.
      element.value = text;
      element.setSelectionRange(caret, caret);
      element.focus();
    }
    drafts.edit(chatId, text);
  }

  function press(): void {
    isPressed.current = true;
    if (!isOn && !panel.isSeen('dictate')) return;
    voice
      .load()
      .then(
        (loaded) => loaded.dictation.press({ chatId, insert: (spoken) => insert(loaded, spoken) }),
        panel.toaster.showFailure,
      );
  }

  function release(): void {
    // After the press, also while the chunk is on its way.
    if (isPressed.current)
      voice.load().then(
        (loaded) => loaded.dictation.release(),
        () => {},
      );
  }

  const label = isOn ? 'Finish dictating' : 'Dictate';
  return (
    <button
      type="button"
      class="icon-button voice-button"
      data-on={isOn}
      aria-label={label}
      title={isOn ? label : 'Dictate: click, or hold while you speak'}
      // The focus, and with it the caret, stays in the text.
      onMouseDown={(event) => event.preventDefault()}
      onPointerEnter={() => void voice.load().catch(() => {})}
      onFocus={() => void voice.load().catch(() => {})}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        press();
      }}
      onPointerUp={release}
      onPointerCancel={() => {
        release();
        isPressed.current = false;
      }}
      onKeyDown={(event) => {
        if (event.key !== ' ' && event.key !== 'Enter') return;
        event.preventDefault();
        if (!event.repeat) press();
      }}
      onKeyUp={(event) => {
        if (event.key !== ' ' && event.key !== 'Enter') return;
        event.preventDefault();
        release();
        isPressed.current = false;
      }}
      onClick={() => {
        if (!isPressed.current) {
          press();
          release();
        }
        isPressed.current = false;
      }}
    >
      <Icon name={isOn ? 'stop' : 'microphone'} />
    </button>
  );
}
