import { useState } from 'preact/hooks';
import { MAX_MEMBERS } from '../../lib/model/chat.ts';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { AI_NAME } from '../../lib/model/mentions.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { Mark } from '../parts/Mark.tsx';
import { Sheet } from '../parts/Sheet.tsx';
import { JoinRequests } from './JoinRequests.tsx';
import { LeaveConfirm } from './LeaveConfirm.tsx';
import { MemberRow } from './MemberRow.tsx';
import './members-sheet.css';

/** Everyone in a group, and the ways in and out. */
export function MembersSheet({ view, onClose }: { view: ChatView; onClose: () => void }) {
  const panel = usePanel();
  const [leaving, setLeaving] = useState(false);
  const meId = panel.me.value?.id;
  const { members, chat } = view;
  const isMine = members.some(({ id, role }) => id === meId && role === 'creator');

  return (
    <Sheet
      title="People in this group"
      onClose={onClose}
      actions={
        leaving ? (
          <LeaveConfirm view={view} onBack={() => setLeaving(false)} onLeft={onClose} />
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
      {view.requests.length > 0 && <JoinRequests chatId={chat.id} requests={view.requests} />}
      <p class="member-count">
        {members.length} of {MAX_MEMBERS} people
      </p>
      <ul class="member-list">
        {members.map((member) => (
          <MemberRow
            key={member.id}
            member={member}
            chatId={chat.id}
            isMe={member.id === meId}
            isHere={view.presence[member.id] !== undefined}
            isMine={isMine}
          />
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
}
