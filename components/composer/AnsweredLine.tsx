import type { Message } from '../../lib/model/chat.ts';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { quotedLine, quotedName } from '../chat/quote-words.ts';
import { usePanel } from '../panel/panel-context.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { useLayer } from '../parts/use-layer.ts';
import './answered-line.css';

/** What the message being written answers to. The cross or Escape lets go of it. */
export function AnsweredLine({ message, people }: { message: Message; people: ChatView['people'] }) {
  const { answer, me } = usePanel();
  const letGo = () => answer(null);
  useLayer(true, letGo);
  return (
    <div class="answered-line">
      <p>
        <span>Reply to </span>
        <bdi class="answered-name">{quotedName(message, people, me.value?.id ?? '')}</bdi>
        <span class="answered-words" dir="auto">
          {quotedLine(message)}
        </span>
      </p>
      <IconButton icon="close" label="Do not reply to it" onClick={letGo} />
    </div>
  );
}
