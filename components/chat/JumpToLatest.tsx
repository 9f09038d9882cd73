import { useState } from 'preact/hooks';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Icon } from '../parts/Icon.tsx';
import './jump-to-latest.css';

/** Leads back to the end. Counts what others have said since the reader went up. */
export function JumpToLatest({ view, onJump }: { view: ChatView; onJump: () => void }) {
  const meId = usePanel().me.value?.id;
  const [since] = useState(() => view.messages.at(-1)?.seq ?? 0);
  const shown = view.messages.filter(
    ({ seq, kind, authorId }) => seq > since && kind !== 'system' && authorId !== meId,
  );
  const fresh = view.hasNewer ? view.chat.unread : shown.length;
  return (
    <button type="button" class="jump-to-latest" onClick={onJump}>
      <Icon name="down" />
      {fresh > 0 ? `${fresh} new` : 'Latest'}
    </button>
  );
}
