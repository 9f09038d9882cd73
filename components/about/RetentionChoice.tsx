import { useEffect, useState } from 'preact/hooks';
import type { ChatSummary } from '../../lib/model/chat.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Choice } from '../parts/Choice.tsx';
import { Confirm } from '../parts/Confirm.tsx';
import { RETENTIONS, retentionWords } from './retention-words.ts';

/** How long a chat keeps what is said in it. What gets shorter is asked for again. */
export function RetentionChoice({ chat }: { chat: ChatSummary }) {
  const { client, isSeen, toaster } = usePanel();
  const [days, setDays] = useState<number | null | undefined>(undefined);
  const [wanted, setWanted] = useState<number | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when the chat changed
  useEffect(() => {
    client.request('readRetention', { chatId: chat.id }).then(setDays, () => {});
  }, [chat.id, chat.lastSeq]);

  if (days === undefined) return null;
  // Somebody may have chosen another number elsewhere.
  const offered = RETENTIONS.includes(days) ? RETENTIONS : [...RETENTIONS, days];

  async function keep(next: number | null): Promise<void> {
    await client.request('setRetention', { chatId: chat.id, days: next });
    setDays(next);
    toaster.show(chat.kind === 'group' ? 'Saved. The group is told in the chat.' : 'Saved.');
  }

  return (
    <div class="retention">
      <Choice
        label="Messages are kept"
        choices={offered.map((each) => [each, retentionWords(each)] as const)}
        value={wanted ?? days}
        onChoose={(next) => {
          const isShorter = next !== null && (days === null || next < days);
          if (isShorter) setWanted(next);
          else keep(next).catch(toaster.showFailure);
        }}
      />
      {wanted !== null && (
        <Confirm
          action="Delete older ones"
          back="Leave as it is"
          isSeen={() => isSeen('delete')}
          onConfirm={() => keep(wanted)}
          onDone={() => setWanted(null)}
        >
          From tomorrow on, what is older goes with its files, for everyone. Until then it can be set back.
        </Confirm>
      )}
    </div>
  );
}
