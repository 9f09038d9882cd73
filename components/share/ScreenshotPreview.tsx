import { useEffect, useState } from 'preact/hooks';
import { newId } from '../../lib/model/ids.ts';
import type { PageFacts } from '../../lib/model/page-share.ts';
import { usePanel } from '../panel/panel-context.ts';
import { useAction } from '../parts/use-action.ts';
import { CropFrame } from './CropFrame.tsx';
import { type Area, cutOut, WHOLE_AREA } from './crop-area.ts';
import { PreviewSheet } from './PreviewSheet.tsx';
import { ShareCard } from './ShareCard.tsx';
import { safeFacts } from './whole-share.ts';

interface Shot {
  readonly facts: PageFacts;
  readonly picture: ImageBitmap;
  readonly url: string;
}

/** Takes a picture of what is in sight of the page; the person cuts out what is to be shared. */
export function ScreenshotPreview({ chatId, onClose }: { chatId: string; onClose: () => void }) {
  const panel = usePanel();
  const taking = useAction();
  const staging = useAction();
  const [shot, setShot] = useState<Shot | null>(null);
  const [area, setArea] = useState<Area>(WHOLE_AREA);

  async function take(): Promise<void> {
    await taking.run(async () => {
      const { facts, picture } = await panel.client.request('capturePage', {});
      const bitmap = await createImageBitmap(blobOf(picture));
      setShot({ facts: safeFacts(facts), picture: bitmap, url: picture });
    });
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: taken once, and again when asked to
  useEffect(() => void take(), []);

  async function add(taken: Shot): Promise<void> {
    if (!panel.isSeen('share')) return;
    const done = await staging.run(async () => {
      const file = await cutOut(taken.picture, area);
      const screenshotId = await panel.staging.addOne(chatId, file);
      const share = { id: newId(), kind: 'screenshot', ...taken.facts, text: '', anchor: null, screenshotId } as const;
      await panel.client.request('stageShare', { chatId, share });
    });
    if (done) onClose();
  }

  return (
    <PreviewSheet
      title="Share a screenshot"
      waiting="The picture is being taken"
      getting={taking}
      staging={staging}
      onGetAgain={() => void take()}
      onAdd={() => shot !== null && void add(shot)}
      onClose={onClose}
    >
      {shot !== null ? (
        <>
          <ShareCard share={{ kind: 'screenshot', ...shot.facts, quote: '', characters: 0 }}>
            <p class="share-address">{shot.facts.url}</p>
            <CropFrame picture={shot.picture} url={shot.url} area={area} onArea={setArea} />
          </ShareCard>
          <p class="share-facts">
            Only what lies in the frame is stored and sent. Drag its corners, or move them by arrow keys.
          </p>
        </>
      ) : null}
    </PreviewSheet>
  );
}

function blobOf(dataUrl: string): Blob {
  const [head = '', data = ''] = dataUrl.split(',');
  const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
  return new Blob([bytes], { type: /data:([^;]+)/.exec(head)?.[1] ?? 'image/png' });
}
