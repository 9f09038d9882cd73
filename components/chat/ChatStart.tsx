import { titleOf } from '../../lib/model/chat.ts';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { AI_NAME } from '../../lib/model/mentions.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { Drawing } from '../parts/Drawing.tsx';
import { EmptyState } from '../parts/EmptyState.tsx';
import './chat-start.css';

/** The top of a chat. As long as nothing was said, it says what to do here. */
export function ChatStart({ view }: { view: ChatView }) {
  const panel = usePanel();
  const isEmpty = view.outbox.length === 0 && view.messages.every((message) => message.kind === 'system');
  if (!isEmpty) {
    return (
      <p class="chat-start">
        This is the start of <b dir="auto">{titleOf(view.chat)}</b>.
      </p>
    );
  }
  if (view.chat.kind === 'solo') {
    return (
      <div class="chat-start empty">
        <EmptyState drawing={<Drawing name="margin" />} title="Ask away">
          Only you and {AI_NAME}, the AI, see this chat.
        </EmptyState>
      </div>
    );
  }
  return (
    <div class="chat-start empty">
      <EmptyState
        drawing={<Drawing name={view.members.length === 1 ? 'seats' : 'margin'} />}
        title={view.chat.title}
        action={
          view.members.length === 1 && (
            <Button look="primary" icon="invite" onClick={() => panel.openSheet('invite')}>
              Invite people
            </Button>
          )
        }
      >
        {view.members.length === 1
          ? 'Nobody else is here yet. Pass on a link and they can join.'
          : 'Say something, or mention @ai to ask the AI.'}
      </EmptyState>
    </div>
  );
}
