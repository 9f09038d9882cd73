import { useState } from 'preact/hooks';
import type { ReplyLimit } from '../../lib/model/chat-view.ts';
import { usePanel } from '../panel/panel-context.ts';
import { IconButton } from '../parts/IconButton.tsx';
import './answered-line.css';
import { limitWords } from './limit-words.ts';

/** Why the AI does not answer this person for now. Nobody else in the chat sees it. */
export function LimitLine({ limit }: { limit: ReplyLimit }) {
  const { now } = usePanel();
  const [isClosed, setClosed] = useState(false);
  const resetsAt = new Date(limit.resetsAt);
  if (isClosed || resetsAt <= now.value) return null;
  return (
    <div class="answered-line limit-line" role="status">
      <p>{limitWords(limit, now.value)}</p>
      <IconButton icon="close" label="Close this note" onClick={() => setClosed(true)} />
    </div>
  );
}
