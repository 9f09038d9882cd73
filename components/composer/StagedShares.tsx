import { useState } from 'preact/hooks';
import type { ChatView } from '../../lib/model/chat-view.ts';
import type { Share } from '../../lib/model/share.ts';
import { usePanel } from '../panel/panel-context.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { ShareSheet } from '../share/ShareSheet.tsx';
import { SiteMark } from '../share/SiteMark.tsx';
import { hostOf, KIND_WORDS } from '../share/share-words.ts';
import { countWord } from '../time-words.ts';
import './staged-files.css';

/** Page shares that go with the message being written. */
export function StagedShares({ view }: { view: ChatView }) {
  if (view.shares.length === 0) return null;
  return (
    <ul class="staged-files" aria-label="Page shares of this message">
      {view.shares.map((share) => (
        <StagedShare key={share.id} view={view} share={share} />
      ))}
    </ul>
  );
}

function StagedShare({ view, share }: { view: ChatView; share: Share }) {
  const { attachments, client, toaster } = usePanel();
  const [isOpen, setIsOpen] = useState(false);
  const { id, kind, title, url, characters, screenshotId } = share;
  const picture =
    screenshotId === null ? null : attachments.thumbnail({ chatId: view.chat.id, id: screenshotId }).value;

  async function remove(): Promise<void> {
    await client.request('discardShare', { id });
    if (screenshotId !== null) await client.request('discardFile', { id: screenshotId });
  }

  const words = (
    <span class="staged-words">
      <bdi class="staged-name" title={title}>
        {title}
      </bdi>
      <span class="staged-state">
        {[KIND_WORDS[kind], hostOf(url), ...(characters > 0 ? [`${countWord(characters)} characters`] : [])].join(
          ' · ',
        )}
      </span>
    </span>
  );
  return (
    <li class="staged-file" data-state={stateOf(view, share)}>
      {picture === null ? <SiteMark url={url} /> : <img class="staged-picture" src={picture} alt="" />}
      {kind === 'screenshot' ? (
        words
      ) : (
        <button type="button" class="staged-open" title="Read what goes along" onClick={() => setIsOpen(true)}>
          {words}
        </button>
      )}
      <IconButton icon="close" label={`Remove ${title}`} onClick={() => void remove().catch(toaster.showFailure)} />
      {isOpen && <ShareSheet share={share} isGone={false} onClose={() => setIsOpen(false)} />}
    </li>
  );
}

function stateOf({ files }: ChatView, { screenshotId }: Share): string {
  return files.find((file) => file.id === screenshotId)?.state.name ?? 'ready';
}
