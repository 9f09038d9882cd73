import { titleOf } from '../../lib/model/chat.ts';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Icon } from '../parts/Icon.tsx';
import { Sheet } from '../parts/Sheet.tsx';
import { AboutForm } from './AboutForm.tsx';
import './about-sheet.css';
import { ChatEnds } from './ChatEnds.tsx';
import { NotifyChoice } from './NotifyChoice.tsx';
import { PagePresenceChoice } from './PagePresenceChoice.tsx';
import { RetentionChoice } from './RetentionChoice.tsx';

/** What a chat is called, what the AI is told in it, and the ways to put it away. */
export function AboutSheet({ view, onClose }: { view: ChatView; onClose: () => void }) {
  const panel = usePanel();
  const { chat } = view;
  const isGroup = chat.kind === 'group';
  return (
    <Sheet title={isGroup ? 'About this group' : 'About this chat'} onClose={onClose}>
      {isGroup ? (
        <>
          <AboutForm chat={chat} />
          <NotifyChoice chat={chat} />
          <PagePresenceChoice chat={chat} />
        </>
      ) : (
        <p class="about-solo">
          <b dir="auto">{titleOf(chat)}</b> is only between you and the AI.
        </p>
      )}
      <RetentionChoice chat={chat} />
      <button type="button" class="about-log" onClick={() => panel.openSheet('log')}>
        <Icon name="clock" />
        What was done here
        <Icon name="chevron" />
      </button>
      <ChatEnds view={view} onClose={onClose} />
    </Sheet>
  );
}
