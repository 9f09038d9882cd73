import { useState } from 'preact/hooks';
import type { FileFacts } from '../../lib/model/files.ts';
import type { Share } from '../../lib/model/share.ts';
import { Attachments } from '../chat/Attachments.tsx';
import { Icon } from '../parts/Icon.tsx';
import { ShareCard } from './ShareCard.tsx';
import { ShareSheet } from './ShareSheet.tsx';
import { useShow } from './use-show.ts';

interface SharesProps {
  chatId: string;
  shares: readonly Share[];
  /** Those of the message: some are screenshots. */
  files: readonly FileFacts[];
}

/** The page shares of a message. */
export function Shares({ chatId, shares, files }: SharesProps) {
  if (shares.length === 0) return null;
  return (
    <div class="shares">
      {shares.map((share) => (
        <ShownShare
          key={share.id}
          chatId={chatId}
          share={share}
          file={files.find(({ id }) => id === share.screenshotId)}
        />
      ))}
    </div>
  );
}

function ShownShare({ chatId, share, file }: { chatId: string; share: Share; file: FileFacts | undefined }) {
  const [open, setOpen] = useState<'no' | 'read' | 'gone'>('no');
  const show = useShow(() => setOpen('gone'));
  const isPicture = share.kind === 'screenshot';
  return (
    <>
      <ShareCard
        share={share}
        {...(isPicture ? {} : { onOpen: () => setOpen('read') })}
        actions={
          <button type="button" class="share-action" onClick={() => show(share)}>
            <Icon name="page" />
            {share.kind === 'selection' ? 'Show on page' : 'Open page'}
          </button>
        }
      >
        {isPicture && file !== undefined ? (
          <div class="share-picture">
            <Attachments chatId={chatId} files={[file]} />
          </div>
        ) : undefined}
      </ShareCard>
      {open !== 'no' && <ShareSheet share={share} isGone={open === 'gone'} onClose={() => setOpen('no')} />}
    </>
  );
}
