import type { Member } from '../../lib/model/chat.ts';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Confirm } from '../parts/Confirm.tsx';

interface LeaveConfirmProps {
  view: ChatView;
  onBack: () => void;
  onLeft: () => void;
}

/** Asks before a person leaves a group, and says what it means. */
export function LeaveConfirm({ view: { chat, members }, onBack, onLeft }: LeaveConfirmProps) {
  const panel = usePanel();
  return (
    <Confirm
      action="Leave group"
      isSeen={() => panel.isSeen('leave')}
      onConfirm={() => panel.client.request('leaveChat', { chatId: chat.id })}
      onDone={(isDone) => {
        if (!isDone) return onBack();
        onLeft();
        panel.client.watch(null);
      }}
    >
      {farewell(members, panel.me.value?.id)}
    </Confirm>
  );
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
