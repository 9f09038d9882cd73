import { useEffect, useState } from 'preact/hooks';
import type { ReplyFailure } from '../../lib/model/chat.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { failedWords } from './failed-words.ts';

/** An answer that did not come: why, as soon as that is known, and the way to ask again. */
export function FailedAnswer({ messageId }: { messageId: string }) {
  const { client, toaster, now } = usePanel();
  const [failure, setFailure] = useState<ReplyFailure | null>(null);

  useEffect(() => {
    let isOver = false;
    client.request('readReplyFailure', { messageId }).then(
      (known) => {
        if (!isOver) setFailure(known);
      },
      // That nothing came is said all the same.
      () => {},
    );
    return () => {
      isOver = true;
    };
  }, [client, messageId]);

  return (
    <div class="assistant-mark failed">
      <p>{failedWords(failure, now.value)}</p>
      <Button icon="retry" onClick={() => client.request('retryReply', { messageId }).catch(toaster.showFailure)}>
        Try again
      </Button>
    </div>
  );
}
