import { useState } from 'preact/hooks';
import { DATA_PARTS } from '../../lib/model/account.ts';
import type { Person } from '../../lib/model/chat.ts';
import { saveFile } from '../files/save.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { useAction } from '../parts/use-action.ts';
import { exportData } from './export-data.ts';

/** Everything about a person, as one file. */
export function DownloadData({ me }: { me: Person }) {
  const { app, client, now, toaster } = usePanel();
  const [done, setDone] = useState<number | null>(null);
  const { run, busy, failure } = useAction();

  async function save(): Promise<void> {
    const session = app.value?.session;
    const email = session?.name === 'signed-in' ? session.email : '';
    setDone(0);
    const isDone = await run(async () => {
      const exportedAt = now.value.toISOString();
      const pieces = await exportData(client, { email, exportedAt }, setDone);
      saveFile(new Blob(pieces), `sideroom-${me.username}-${exportedAt.slice(0, 10)}.json`);
    });
    setDone(null);
    if (isDone) toaster.show('Saved: everything about you, in one file.');
  }

  return (
    <section class="privacy-part">
      <h3>Everything about you</h3>
      <p class="hint">
        Your profile and settings, what you wrote, also in chats that you have left, your reactions, files, answers of
        the AI, invites, blocks and reports, as one JSON file.
      </p>
      {done !== null && <progress max={DATA_PARTS.length} value={done} aria-label="Your data are being fetched" />}
      <FailureNote failure={failure} />
      <Button icon="save" busy={busy} onClick={() => void save()}>
        Download
      </Button>
    </section>
  );
}
