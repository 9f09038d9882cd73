import { useId, useState } from 'preact/hooks';
import { MAX_REPORT_CHARACTERS, REPORT_REASONS, type ReportReason } from '../../lib/model/account.ts';
import type { Message, Person } from '../../lib/model/chat.ts';
import { countCharacters } from '../../lib/model/text.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { Sheet } from '../parts/Sheet.tsx';
import { TextArea } from '../parts/TextArea.tsx';
import { useAction } from '../parts/use-action.ts';
import './report-sheet.css';
import { REASON_WORDS } from './report-words.ts';

interface ReportSheetProps {
  message: Message;
  /** Who wrote it; null: the AI, or somebody who is gone. */
  author: Person | null;
  onClose: () => void;
}

/** Shows the operator a message. Nobody in the chat learns of it. */
export function ReportSheet({ message, author, onClose }: ReportSheetProps) {
  const panel = usePanel();
  const [reason, setReason] = useState<ReportReason | null>(null);
  const [comment, setComment] = useState('');
  const [blocksToo, setBlocksToo] = useState(false);
  const action = useAction();
  const name = useId();
  const canBlock = author !== null && !panel.blocked.value.has(author.id);
  const problem =
    countCharacters(comment) > MAX_REPORT_CHARACTERS ? 'At most 1,000 characters. Shorten it a little.' : null;

  async function send(): Promise<void> {
    if (reason === null || problem !== null) return;
    const isDone = await action.run(async () => {
      await panel.client.request('reportMessage', { messageId: message.id, reason, comment });
      if (blocksToo && author !== null) await panel.client.request('setBlocked', { userId: author.id, blocked: true });
    });
    if (!isDone) return;
    onClose();
    panel.toaster.show('Reported. Thank you for telling.');
  }

  return (
    <Sheet
      title="Report this message"
      onClose={onClose}
      actions={
        <Button look="primary" busy={action.busy} disabled={reason === null} onClick={() => void send()}>
          Send report
        </Button>
      }
    >
      <p>
        The message and a few around it go to whoever runs this Sideroom, with your name. Nobody in the chat learns of
        it.
      </p>
      <fieldset class="report-reasons">
        <legend>What is wrong with it?</legend>
        {REPORT_REASONS.map((each) => (
          <label key={each}>
            <input type="radio" name={name} checked={reason === each} onChange={() => setReason(each)} />
            {REASON_WORDS[each]}
          </label>
        ))}
      </fieldset>
      <TextArea label="Anything to add? (optional)" value={comment} onInput={setComment} rows={2} problem={problem} />
      {canBlock && (
        <label class="report-block">
          <input type="checkbox" checked={blocksToo} onChange={(event) => setBlocksToo(event.currentTarget.checked)} />
          <span>
            Block <bdi>{author.displayName}</bdi> as well
          </span>
        </label>
      )}
      <FailureNote failure={action.failure} />
    </Sheet>
  );
}
