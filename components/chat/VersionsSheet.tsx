import { useEffect, useState } from 'preact/hooks';
import type { Message, MessageVersion } from '../../lib/model/chat.ts';
import { usePanel } from '../panel/panel-context.ts';
import { FailureNote } from '../parts/FailureNote.tsx';
import { Sheet } from '../parts/Sheet.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { useAction } from '../parts/use-action.ts';
import { fullTime } from '../time-words.ts';
import { MessageText } from './MessageText.tsx';
import './versions-sheet.css';

/** What a message said, from its first wording to the present one. */
export function VersionsSheet({ message, onClose }: { message: Message; onClose: () => void }) {
  const { client } = usePanel();
  const { run, failure } = useAction();
  const [versions, setVersions] = useState<readonly MessageVersion[] | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: read once, and again after each edit
  useEffect(() => {
    void run(async () => setVersions(await client.request('readVersions', { messageId: message.id })));
  }, [message.id, message.editedAt]);

  const beginnings = [message.createdAt, ...(versions ?? []).map(({ replacedAt }) => replacedAt)];
  const bodies = [...(versions ?? []).map(({ body }) => body), message.body];
  return (
    <Sheet title="Earlier wordings" onClose={onClose}>
      <FailureNote failure={failure} />
      {versions === null && failure === null && <Skeleton rows={2} label="Earlier wordings are being loaded" />}
      {versions !== null && (
        <ol class="versions">
          {bodies.map((body, index) => {
            const time = beginnings[index] ?? message.createdAt;
            return (
              <li key={time}>
                <time class="message-time" dateTime={time}>
                  {fullTime(new Date(time))}
                  {index === bodies.length - 1 && ' (now)'}
                </time>
                <MessageText text={body} />
              </li>
            );
          })}
        </ol>
      )}
    </Sheet>
  );
}
