import type { Reply } from '../../lib/model/chat.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Icon } from '../parts/Icon.tsx';
import './send-button.css';

interface SendButtonProps {
  isEmpty: boolean;
  isOver: boolean;
  /** The reply that can be stopped while there is nothing to send. */
  running: Reply | null;
  onSend: () => void;
}

export function SendButton({ isEmpty, isOver, running, onSend }: SendButtonProps) {
  const { client, toaster } = usePanel();
  if (isEmpty && running !== null) {
    return (
      <button
        type="button"
        class="send-button"
        aria-label="Stop the answer"
        title="Stop the answer"
        onClick={() => client.request('stopReply', { jobId: running.jobId }).catch(toaster.showFailure)}
      >
        <Icon name="stop" />
      </button>
    );
  }
  return (
    <button
      type="button"
      class="send-button"
      aria-label="Send"
      title="Send"
      aria-disabled={isEmpty || isOver}
      onClick={onSend}
    >
      <Icon name="send" />
    </button>
  );
}
