import { useState } from 'preact/hooks';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { LeaveConfirm } from '../members/LeaveConfirm.tsx';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { Confirm } from '../parts/Confirm.tsx';
import { DeleteForAll } from './DeleteForAll.tsx';

type Step = 'leave' | 'clear' | 'delete';

/** The ways to put a chat away, from the mildest to the last. */
export function ChatEnds({ view, onClose }: { view: ChatView; onClose: () => void }) {
  const panel = usePanel();
  const [step, setStep] = useState<Step | null>(null);
  const { chat } = view;
  const isGroup = chat.kind === 'group';
  const back = () => setStep(null);

  /** The chat is not on the list any more: the list is what remains to be seen. */
  function end(said: string): void {
    onClose();
    panel.client.watch(null);
    panel.toaster.show(said);
  }

  async function archive(): Promise<void> {
    const archived = !chat.archived;
    try {
      await panel.client.request('setArchived', { chatId: chat.id, archived });
    } catch (thrown) {
      return panel.toaster.showFailure(thrown);
    }
    if (archived) end('Archived. You find it at the end of your list.');
    else panel.toaster.show('Back on your list.');
  }

  if (step === 'leave') return <LeaveConfirm view={view} onBack={back} onLeft={onClose} />;
  if (step === 'clear') {
    return (
      <Confirm
        action="Delete for me"
        isSeen={() => panel.isSeen('delete')}
        onConfirm={() => panel.client.request('clearChat', { chatId: chat.id })}
        onDone={(isDone) => (isDone ? end('Deleted for you.') : back())}
      >
        What was said so far will be gone for you. You stay in the group, and it comes back to your list when somebody
        writes.
      </Confirm>
    );
  }
  if (step === 'delete' && isGroup)
    return <DeleteForAll chat={chat} onBack={back} onDeleted={() => end('The group is deleted for everyone.')} />;
  if (step === 'delete') {
    return (
      <Confirm
        action="Delete chat"
        isSeen={() => panel.isSeen('delete')}
        onConfirm={() => panel.client.request('deleteChat', { chatId: chat.id, title: chat.title })}
        onDone={(isDone) => (isDone ? end('The chat is deleted.') : back())}
      >
        You will not see this chat any more, and it does not come back.
      </Confirm>
    );
  }
  return (
    <div class="chat-ends">
      <Button icon="archive" onClick={() => void archive()}>
        {chat.archived ? 'Put back on the list' : 'Archive'}
      </Button>
      {isGroup && (
        <Button icon="leave" onClick={() => setStep('leave')}>
          Leave group
        </Button>
      )}
      {isGroup && (
        <Button icon="trash" onClick={() => setStep('clear')}>
          Delete for me
        </Button>
      )}
      {(!isGroup || chat.creatorId === panel.me.value?.id) && (
        <Button icon="trash" onClick={() => setStep('delete')}>
          {isGroup ? 'Delete for everyone' : 'Delete chat'}
        </Button>
      )}
    </div>
  );
}
