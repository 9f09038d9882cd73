import type { Message } from '../../lib/model/chat.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Confirm } from '../parts/Confirm.tsx';

/** Asks before a person takes back what they said. */
export function DeleteMessage({ message: { id, chatId }, onDone }: { message: Message; onDone: () => void }) {
  const { client, isSeen } = usePanel();
  return (
    <Confirm
      action="Delete message"
      isSeen={() => isSeen('delete')}
      onConfirm={() => client.request('deleteMessage', { chatId, messageId: id })}
      onDone={onDone}
    >
      It will be gone for everyone. That you deleted something stays to be seen.
    </Confirm>
  );
}
