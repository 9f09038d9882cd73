import { useEffect, useState } from 'preact/hooks';
import type { WhyBeside } from '../lib/model/share.ts';
import './beside-note.css';
import { usePanel } from './panel/panel-context.ts';
import { Button } from './parts/Button.tsx';

const WORDS: Record<WhyBeside, string> = {
  no_entry: 'The browser lets no extension into this page, so Sideroom opened beside it.',
  dialog: 'A dialog or full screen of this page would lie over Sideroom, so it opened beside the page.',
  removed: 'This page keeps taking Sideroom out, so it opened beside the page.',
};

/** Why this panel does not lie over the page, until another page is in view or the person has read it. */
export function BesideNote() {
  const { client, surface, pagesSeen, toaster } = usePanel();
  const seen = pagesSeen.value;
  const [why, setWhy] = useState<WhyBeside | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asks again when another page is in view
  useEffect(() => {
    if (surface !== 'side-panel' && surface !== 'window') return;
    let isMounted = true;
    client.request('whyBeside', {}).then(
      (next) => {
        if (isMounted) setWhy(next);
      },
      // Without a reason the panel is as it always is.
      () => {},
    );
    return () => {
      isMounted = false;
    };
  }, [client, surface, seen]);

  return (
    <div role="status">
      {why !== null && (
        <div class="beside-note">
          <p>{WORDS[why]}</p>
          {surface === 'side-panel' && (
            <Button
              look="quiet"
              icon="window"
              onClick={() => client.request('openSurface', { surface: 'window' }).catch(toaster.showFailure)}
            >
              Open in a window
            </Button>
          )}
          <Button look="quiet" onClick={() => setWhy(null)}>
            Understood
          </Button>
        </div>
      )}
    </div>
  );
}
