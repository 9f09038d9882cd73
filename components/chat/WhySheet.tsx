import { useEffect, useState } from 'preact/hooks';
import type { Decision, Message, Receipt } from '../../lib/model/chat.ts';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { Sheet } from '../parts/Sheet.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { useAction } from '../parts/use-action.ts';
import { receiptRows, silenceWords, spokeWords } from './why-words.ts';
import './why-sheet.css';

interface WhySheetProps {
  message: Message;
  people: ChatView['people'];
  meId: string;
  onClose: () => void;
}

type Known = { readonly receipt: Receipt | null } | { readonly silence: Decision | null };

/** Why the AI spoke, and what its answer was made of; or why it said nothing after a message. */
export function WhySheet({ message, people, meId, onClose }: WhySheetProps) {
  const { client } = usePanel();
  const { run, failure } = useAction();
  const [known, setKnown] = useState<Known | null>(null);
  const isAnswer = message.kind === 'assistant';

  // biome-ignore lint/correctness/useExhaustiveDependencies: read once for one opening
  useEffect(() => {
    void run(async () => {
      const ask = { messageId: message.id };
      setKnown(
        isAnswer
          ? { receipt: await client.request('readReceipt', ask) }
          : { silence: await client.request('readSilence', ask) },
      );
    });
  }, [message.id]);

  return (
    <Sheet title={isAnswer ? 'About this answer' : 'Why no answer?'} onClose={onClose}>
      <FailureNote failure={failure} />
      {known === null && failure === null && <Skeleton rows={2} label="The reasons are being looked up" />}
      {known !== null && 'silence' in known && <p>{silenceWords(known.silence, message)}</p>}
      {known !== null && 'receipt' in known && (
        <>
          <p>{spokeWords(known.receipt, people, meId)}</p>
          <dl class="receipt">
            {receiptRows(known.receipt).map(([term, value]) => (
              <div key={term}>
                <dt>{term}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {known !== null && <Tuning chatId={message.chatId} />}
    </Sheet>
  );
}

/** Asks the AI to join in less, or more, in this chat. */
function Tuning({ chatId }: { chatId: string }) {
  const { client, toaster } = usePanel();
  const tune = (step: 1 | -1) =>
    client
      .request('tuneReplies', { chatId, step })
      .then(
        () => toaster.show(step > 0 ? 'It will join in more readily here.' : 'It will hold back more here.'),
        toaster.showFailure,
      );
  return (
    <fieldset class="tuning">
      <legend>Joining in by itself, in this group</legend>
      <Button icon="minus" onClick={() => void tune(-1)}>
        Less
      </Button>
      <Button icon="plus" onClick={() => void tune(1)}>
        More
      </Button>
    </fieldset>
  );
}
