import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { usePanel } from '../panel/panel-context.ts';
import { announce } from './announce.ts';

/** Reads new messages out once they are whole; deltas are not announced. */
export function Announcer({ view }: { view: ChatView }) {
  const meId = usePanel().me.value?.id ?? '';
  const [text, setText] = useState('');
  const last = useRef(view.messages.at(-1)?.seq ?? 0);
  useEffect(() => {
    const said = announce(view, last.current, meId);
    last.current = Math.max(last.current, view.messages.at(-1)?.seq ?? 0);
    if (said !== '') setText(said);
  }, [view, meId]);
  return (
    <p class="visually-hidden" role="status" data-announcer>
      {text}
    </p>
  );
}
