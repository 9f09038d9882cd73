import { useEffect, useState } from 'preact/hooks';
import { FailureError } from '../../lib/model/failure.ts';
import type { FileFacts } from '../../lib/model/files.ts';
import { saveFile } from '../files/save.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Sheet } from '../parts/Sheet.tsx';
import { useAction } from '../parts/use-action.ts';
import { sizeWord } from '../time-words.ts';
import './attachment-sheet.css';

interface AttachmentSheetProps {
  chatId: string;
  file: FileFacts;
  onClose: () => void;
}

interface Loaded {
  readonly bytes: Blob;
  readonly as: 'picture' | 'sound' | 'nothing';
  /** Of what is shown. */
  readonly url: string | null;
}

/** One file: fetched, shown if it is a picture or sound, and saved on demand. */
export function AttachmentSheet({ chatId, file, onClose }: AttachmentSheetProps) {
  const { attachments } = usePanel();
  const { run, failure } = useAction();
  const [share, setShare] = useState(0);
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [tries, setTries] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: fetched once, and again when asked for
  useEffect(() => {
    const ended = new AbortController();
    let url: string | null = null;
    void run(async () => {
      try {
        const [bytes, { howToShow }] = await Promise.all([
          attachments.load({ chatId, id: file.id }, setShare, ended.signal),
          import('../files/show.ts'),
        ]);
        const shown = await howToShow(bytes, file.contentType);
        if (ended.signal.aborted) return;
        if (shown.as !== 'nothing') url = URL.createObjectURL(shown.blob);
        setLoaded({ bytes, as: shown.as, url });
      } catch (reason) {
        if (!ended.signal.aborted || reason instanceof FailureError) throw reason;
      }
    });
    return () => {
      ended.abort();
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [file.id, tries]);

  return (
    <Sheet
      title={file.name}
      onClose={onClose}
      actions={
        failure === null ? (
          <Button
            look="primary"
            icon="save"
            disabled={loaded === null}
            onClick={() => loaded !== null && saveFile(loaded.bytes, file.name)}
          >
            Save
          </Button>
        ) : (
          <Button icon="retry" onClick={() => setTries(tries + 1)}>
            Try again
          </Button>
        )
      }
    >
      <FailureNote failure={failure} />
      {loaded === null && failure === null && (
        <div class="attachment-loading">
          <progress value={share} aria-label={`${file.name} is being fetched`} />
          <span>
            {Math.floor(share * 100)}% of {sizeWord(file.size)}
          </span>
        </div>
      )}
      {loaded?.as === 'picture' && loaded.url !== null && (
        <img class="attachment-whole" src={loaded.url} alt={file.name} />
      )}
      {loaded?.as === 'sound' && loaded.url !== null && (
        // biome-ignore lint/a11y/useMediaCaption: what people send has none
        <audio class="attachment-sound" controls src={loaded.url} />
      )}
      {loaded?.as === 'nothing' && (
        <p class="attachment-plain">
          <Icon name="file" />
          {sizeWord(file.size)}. Save it to open it on your device.
        </p>
      )}
    </Sheet>
  );
}
