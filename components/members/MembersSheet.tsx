import { useState } from 'preact/hooks';
import { MAX_MEMBERS, type Member } from '../../lib/model/chat.ts';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { AI_NAME } from '../../lib/model/mentions.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { Confirm } from '../parts/Confirm.tsx';
import { Mark } from '../parts/Mark.tsx';
import { Sheet } from '../parts/Sheet.tsx';
import { MemberRow } from './MemberRow.tsx';
import './members-sheet.css';

/** Everyone in a group, and the ways in and out. */
export function MembersSheet({ view, onClose }: { view: ChatView; onClose: () => void }) {
  const panel = usePanel();
  const [leaving, setLeaving] = useState(false);
  const meId = panel.me.value?.id;
  const { members, chat } = view;

  return (
    <Sheet
      title="People in this group"
      onClose={onClose}
      actions={
        leaving ? (
          <Confirm
            action="Leave group"
            isSeen={() => panel.isSeen('leave')}
            onConfirm={() => panel.client.request('leaveChat', { chatId: chat.id })}
            onDone={(isDone) => {
              setLeaving(false);
              if (isDone) leave();
            }}
          >
            {farewell(members, meId)}
          </Confirm>
        ) : (
          <>
            <Button look="primary" icon="invite" onClick={() => panel.openSheet('invite')}>
              Invite people
            </Button>
            <Button icon="leave" onClick={() => setLeaving(true)}>
              Leave group
            </Button>
          </>
        )
      }
    >
      <p class="member-count">
        {members.length} of {MAX_MEMBERS} people
      </p>
      <ul class="member-list">
        {members.map((member) => (
          <MemberRow key={member.id} member={member} chatId={chat.id} isMe={member.id === meId} />
        ))}
        <li class="member-row">
          <span class="member-mark">
            <Mark size={20} />
          </span>
          <span class="member-names">
            <b>{AI_NAME}</b>
            <span>The AI. Mention it with @ai</span>
          </span>
        </li>
      </ul>
    </Sheet>
  );

  function leave(): void {
    onClose();
    panel.client.watch(null);
  }
}

/** What leaving means for the one who leaves and for those who stay. */
function farewell(members: readonly Member[], meId: string | undefined): string {
  if (members.length === 1) return 'You are the only one here. When you leave, the group closes for good.';
  const heir = members.find((member) => member.id !== meId);
  const isCreator = members.find((member) => member.id === meId)?.role === 'creator';
  return isCreator && heir !== undefined
    ? `You will not see this group any more. ${heir.displayName} will look after it.`
    : 'You will not see this group any more. To come back you need a new invite.';
}
