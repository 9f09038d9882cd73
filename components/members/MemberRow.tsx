import { useState } from 'preact/hooks';
import type { Member } from '../../lib/model/chat.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Avatar } from '../parts/Avatar.tsx';
import { Confirm } from '../parts/Confirm.tsx';
import { IconButton } from '../parts/IconButton.tsx';
import { BlockConfirm } from './BlockConfirm.tsx';

interface MemberRowProps {
  member: Member;
  chatId: string;
  isMe: boolean;
  /** Whether they look at the chat at present. */
  isHere: boolean;
  /** Whether the person looking is the creator. */
  isMine: boolean;
}

export function MemberRow({ member, chatId, isMe, isHere, isMine }: MemberRowProps) {
  const panel = usePanel();
  const [step, setStep] = useState<'remove' | 'hand-over' | 'block' | null>(null);
  const isBlocked = panel.blocked.value.has(member.id);
  const unblock = () =>
    panel.client.request('setBlocked', { userId: member.id, blocked: false }).catch(panel.toaster.showFailure);
  const name = (
    <b>
      <bdi>{member.displayName}</bdi>
    </b>
  );
  const tags = [
    member.role === 'creator' ? 'creator' : null,
    isMe ? 'you' : isBlocked ? 'blocked' : isHere ? 'here' : null,
  ].filter((tag) => tag !== null);
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
        {!isMe && step === null && (
          <IconButton
            icon="block"
            label={isBlocked ? `Unblock ${member.displayName}` : `Block ${member.displayName}`}
            onClick={() => (isBlocked ? unblock() : setStep('block'))}
          />
        )}
        {!isMe && member.role !== 'creator' && step === null && (
          <>
            {isMine && (
              <IconButton
                icon="key"
                label={`Hand the group over to ${member.displayName}`}
                onClick={() => setStep('hand-over')}
              />
            )}
            <button
              type="button"
              class="member-remove"
              aria-label={`Remove ${member.displayName}`}
              onClick={() => setStep('remove')}
            >
              Remove
            </button>
          </>
        )}
      </div>
      {step === 'remove' && (
        <Confirm
          action="Remove"
          isSeen={() => panel.isSeen('remove')}
          onConfirm={() => panel.client.request('removeMember', { chatId, userId: member.id })}
          onDone={() => setStep(null)}
        >
          {name} will not see this group any more, at once.
        </Confirm>
      )}
      {step === 'block' && <BlockConfirm person={member} onDone={() => setStep(null)} />}
      {step === 'hand-over' && (
        <Confirm
          action="Hand over"
          isSeen={() => panel.isSeen('hand-over')}
          onConfirm={() => panel.client.request('handOver', { chatId, userId: member.id })}
          onDone={() => setStep(null)}
        >
          {name} will look after this group, and you become a member like the others.
        </Confirm>
      )}
    </li>
  );
}
