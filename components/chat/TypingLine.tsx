import type { ChatView } from '../../lib/model/chat-view.ts';
import { usePanel } from '../panel/panel-context.ts';
import './typing-line.css';
import { typingWords } from './presence-words.ts';

/** Who is writing. Its place is always there, so that nothing moves. */
export function TypingLine({ view }: { view: ChatView }) {
  const blocked = usePanel().blocked.value;
  const words = typingWords(view, blocked);
  return (
    <p class="typing-line" aria-live="off">
      {words !== '' && (
        <>
          <span class="typing-dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <span class="typing-words">{words}</span>
        </>
      )}
    </p>
  );
}
