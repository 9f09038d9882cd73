import { useEffect, useState } from 'preact/hooks';
import type { DeviceSession } from '../../lib/model/account.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { useAction } from '../parts/use-action.ts';
import { listTime } from '../time-words.ts';
import { browserName } from './browser-name.ts';

/** Where a person is signed in. Each other place can be ended, or all of them. */
export function Devices() {
  const { client, isSeen, now, toaster } = usePanel();
  const [sessions, setSessions] = useState<readonly DeviceSession[] | null>(null);
  const { run, busy, failure } = useAction();
  const load = async () => setSessions(await client.request('readSessions', {}));

  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useEffect(() => void run(load), []);

  async function end(id: string | null): Promise<void> {
    if (!isSeen('sign-out')) return;
    const isDone = await run(async () => {
      await client.request('endSession', { id });
      await load();
    });
    if (isDone) toaster.show('Signed out there. It takes up to an hour until an open browser notices.');
  }

  const others = sessions?.filter(({ current }) => !current) ?? [];
  return (
    <section class="privacy-part">
      <h3>Where you are signed in</h3>
      {sessions === null && failure === null && <Skeleton rows={2} label="Your devices are being fetched" />}
      <ul class="device-list">
        {sessions?.map(({ id, userAgent, usedAt, current }) => (
          <li key={id}>
            <span class="device-names">
              <b>{browserName(userAgent)}</b>
              <span>{current ? 'This browser' : `Last used: ${listTime(new Date(usedAt), now.value)}`}</span>
            </span>
            {!current && (
              <Button busy={busy} onClick={() => void end(id)}>
                Sign out
              </Button>
            )}
          </li>
        ))}
      </ul>
      <FailureNote failure={failure} />
      {failure !== null && sessions === null && <Button onClick={() => void run(load)}>Try again</Button>}
      {others.length > 1 && (
        <Button busy={busy} onClick={() => void end(null)}>
          Sign out everywhere else
        </Button>
      )}
    </section>
  );
}
