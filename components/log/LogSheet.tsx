import { useEffect, useState } from 'preact/hooks';
import { LOG_PAGE, type LogLine, shortSeal } from '../../lib/model/chat-log.ts';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { saveFile } from '../files/save.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { Sheet } from '../parts/Sheet.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { useAction } from '../parts/use-action.ts';
import { fullTime, listTime } from '../time-words.ts';
import './log-sheet.css';
import { logWords } from './log-words.ts';
import { exportLog } from './save-log.ts';

/** What was done in a chat, by whom and when; to be read, and saved as a file that shows whether it was altered. */
export function LogSheet({ view, onClose }: { view: ChatView; onClose: () => void }) {
  const { client, me, now, toaster } = usePanel();
  const { chat, people } = view;
  const [rows, setRows] = useState<readonly LogLine[] | null>(null);
  const [hasMore, setHasMore] = useState(false);
  const loading = useAction();
  const saving = useAction();
  const head = rows?.[0];

  function load(): void {
    const before = rows?.at(-1)?.number ?? null;
    void loading.run(async () => {
      const page = await client.request('readLog', { chatId: chat.id, before });
      setRows([...(rows ?? []), ...page]);
      setHasMore(page.length === LOG_PAGE);
    });
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first page, once
  useEffect(load, []);

  async function save(): Promise<void> {
    const isDone = await saving.run(async () => {
      const text = await exportLog(client, chat, people, now.value);
      saveFile(text, `sideroom-log-${now.value.toISOString().slice(0, 10)}.jsonl`);
    });
    if (isDone) toaster.show('Saved. Keep the seal with it.');
  }

  return (
    <Sheet
      title="What was done here"
      onClose={onClose}
      actions={
        head !== undefined && (
          <Button icon="save" busy={saving.busy} onClick={() => void save()}>
            Save as file
          </Button>
        )
      }
    >
      {rows === null && loading.failure === null && <Skeleton rows={5} label="The log is being fetched" />}
      {head !== undefined && (
        <p class="log-seal">
          Nobody can change this list. Its latest seal is{' '}
          <code>
            {head.number} · {shortSeal(head.hash)}
          </code>
        </p>
      )}
      {rows?.length === 0 && <p>Nothing was done here yet but talking.</p>}
      {rows !== null && (
        <ol class="log-rows">
          {rows.map((line) => (
            <li key={line.number}>
              <span class="log-words" dir="auto">
                {logWords(line, people, me.value?.id ?? '')}
              </span>
              <time dateTime={line.at} title={fullTime(new Date(line.at))}>
                {listTime(new Date(line.at), now.value)}
              </time>
            </li>
          ))}
        </ol>
      )}
      <FailureNote failure={loading.failure ?? saving.failure} />
      {(hasMore || loading.failure !== null) && (
        <Button busy={loading.busy} onClick={load}>
          {loading.failure === null ? 'Show earlier ones' : 'Try again'}
        </Button>
      )}
    </Sheet>
  );
}
