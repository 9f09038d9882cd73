import { useState } from 'preact/hooks';
import type { Member } from '../../lib/model/chat.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Avatar } from '../parts/Avatar.tsx';
import { Confirm } from '../parts/Confirm.tsx';

export function MemberRow({ member, chatId, isMe }: { member: Member; chatId: string; isMe: boolean }) {
  const panel = usePanel();
  const [removing, setRemoving] = useState(false);
  const tags = [member.role === 'creator' ? 'creator' : null, isMe ? 'you' : null].filter((tag) => tag !== null);
  return (
    <li>
      <div class="member-row">
        <Avatar person={member} size={28} />
        <span class="member-names">
          <b class="fading">
            <bdi>{member.displayName}</bdi>
          </b>
          <span class="fading">@{member.username}</span>
        </span>
        {tags.length > 0 && <span class="member-tags">{tags.join(', ')}</span>}
        {!isMe && member.role !== 'creator' && !removing && (
          <button
            type="button"
            class="member-remove"
            aria-label={`Remove ${member.displayName}`}
            onClick={() => setRemoving(true)}
          >
            Remove
          </button>
        )}
      </div>
      {removing && (
        <Confirm
          action="Remove"
          isSeen={() => panel.isSeen('remove')}
          onConfirm={() => panel.client.request('removeMember', { chatId, userId: member.id })}
          onDone={() => setRemoving(false)}
        >
          <b>
            <bdi>{member.displayName}</bdi>
          </b>{' '}
          will not see this group any more, at once.
        </Confirm>
      )}
    </li>
  );
}
