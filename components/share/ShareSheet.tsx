import { useEffect, useState } from 'preact/hooks';
import type { Share, WholeShare } from '../../lib/model/share.ts';
import { usePanel } from '../panel/panel-context.ts';
import { FailureNote } from '../parts/FailureNote.tsx';
import { Sheet } from '../parts/Sheet.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { useAction } from '../parts/use-action.ts';
import { ShareCard } from './ShareCard.tsx';
import './share-text.css';
import { GONE_WORDS } from './share-words.ts';

interface ShareSheetProps {
  share: Share;
  /** It was looked for on its page in vain. */
  isGone: boolean;
  onClose: () => void;
}

/** All of what was shared of a page. */
export function ShareSheet({ share, isGone, onClose }: ShareSheetProps) {
  const { client } = usePanel();
  const { run, failure } = useAction();
  const [whole, setWhole] = useState<WholeShare | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: fetched once
  useEffect(() => {
    void run(async () => setWhole(await client.request('readShare', { id: share.id })));
  }, [share.id]);

  return (
    <Sheet title="What was shared" onClose={onClose}>
      {isGone && <p class="share-note">{GONE_WORDS}</p>}
      <FailureNote failure={failure} />
      <ShareCard share={share}>
        {whole === null ? (
          failure === null && <Skeleton rows={3} label="What was shared is being fetched" />
        ) : (
          <div class="share-text" dir="auto" lang={whole.language ?? undefined}>
            {whole.text}
          </div>
        )}
      </ShareCard>
    </Sheet>
  );
}
