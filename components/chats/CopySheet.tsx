import type { ChatView } from '../../lib/model/chat-view.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Sheet } from '../parts/Sheet.tsx';
import './copy-sheet.css';
import { GroupNameForm } from './GroupNameForm.tsx';

/** Makes a group out of a solo chat. */
export function CopySheet({ view: { chat }, onClose }: { view: ChatView; onClose: () => void }) {
  const { client, isSeen } = usePanel();
  return (
    <Sheet title="Bring people in" onClose={onClose}>
      <GroupNameForm
        label="Name of the group"
        initial={chat.title}
        action="Make the group"
        mayMake={() => isSeen('invite')}
        make={(group) => client.request('copyChat', { chatId: chat.id, ...group })}
      >
        <p class="copy-words">
          This makes a group with a copy of everything said here, files too. Whoever you invite can read it. This chat
          stays yours alone.
        </p>
      </GroupNameForm>
    </Sheet>
  );
}
