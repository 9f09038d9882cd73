import { useEffect, useMemo, useState } from 'preact/hooks';
import { newId } from '../../lib/model/ids.ts';
import { lightShare, type TextReading } from '../../lib/model/share.ts';
import { estimateTokens } from '../../lib/model/tokens.ts';
import { maskSecrets } from '../../lib/page/mask-secrets.ts';
import { usePanel } from '../panel/panel-context.ts';
import { useAction } from '../parts/use-action.ts';
import { MaskedText } from './MaskedText.tsx';
import { PreviewSheet } from './PreviewSheet.tsx';
import { ShareCard } from './ShareCard.tsx';
import { lengthWords } from './share-words.ts';
import { wholeShare } from './whole-share.ts';

interface TextPreviewProps {
  chatId: string;
  kind: TextReading['kind'];
  onClose: () => void;
}

const TITLES = { article: 'Share this page', selection: 'Share this passage' };

/** Reads the page and shows exactly what will be stored and sent of it. */
export function TextPreview({ chatId, kind, onClose }: TextPreviewProps) {
  const panel = usePanel();
  const reading = useAction();
  const staging = useAction();
  const [read, setRead] = useState<TextReading | null>(null);
  const [unmasked, setUnmasked] = useState<ReadonlySet<number>>(new Set());
  const share = useMemo(() => (read === null ? null : wholeShare(newId(), read, unmasked)), [read, unmasked]);

  async function look(): Promise<void> {
    await reading.run(async () => setRead(await panel.client.request('readPage', { kind })));
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once, and again when asked to
  useEffect(() => void look(), [kind]);

  async function add(): Promise<void> {
    if (share === null || !panel.isSeen('share')) return;
    if (await staging.run(() => panel.client.request('stageShare', { chatId, share }))) onClose();
  }

  function toggle(index: number): void {
    const next = new Set(unmasked);
    if (!next.delete(index)) next.add(index);
    setUnmasked(next);
  }

  return (
    <PreviewSheet
      title={TITLES[kind]}
      waiting="The page is being read"
      getting={reading}
      staging={staging}
      onGetAgain={() => void look()}
      onAdd={() => void add()}
      onClose={onClose}
    >
      {read !== null && share !== null ? (
        <>
          <ShareCard share={lightShare(share)}>
            <p class="share-address">{share.url}</p>
            <MaskedText text={read.text} unmasked={unmasked} onToggle={toggle} />
          </ShareCard>
          <PreviewFacts read={read} text={share.text} unmasked={unmasked} />
        </>
      ) : null}
    </PreviewSheet>
  );
}

interface PreviewFactsProps {
  read: TextReading;
  text: string;
  unmasked: ReadonlySet<number>;
}

function PreviewFacts({ read, text, unmasked }: PreviewFactsProps) {
  const found = useMemo(() => maskSecrets(read.text).found.length, [read]);
  const hidden = found - unmasked.size;
  return (
    <div class="share-facts">
      <p>
        Exactly this is stored and sent: {lengthWords([...text].length, estimateTokens(text))}.
        {read.kind === 'article' && read.cut === true && ' The page is longer; this is its beginning.'}
      </p>
      {found > 0 && (
        <p class="share-hidden" role="status">
          {hiddenWords(hidden, found)}
        </p>
      )}
    </div>
  );
}

function hiddenWords(hidden: number, found: number): string {
  if (hidden === 0) return 'Nothing is hidden any more. Click a marked word in the text to hide it again.';
  const what = hidden === 1 ? '1 secret is' : `${hidden} secrets are`;
  return `${what} hidden${hidden < found ? ` of ${found}` : ''}. Click one in the text to show it.`;
}
