import { useEffect, useRef, useState } from 'preact/hooks';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import './copy-link.css';

/** How long the button says that it worked, in milliseconds. */
const FEEDBACK = 2_000;

/** A link to take along. Where the clipboard cannot be written, it is selected for copying by hand. */
export function CopyLink({ url }: { url: string }) {
  const panel = usePanel();
  const field = useRef<HTMLInputElement>(null);
  const [outcome, setOutcome] = useState<'copied' | 'selected' | null>(null);

  useEffect(() => {
    if (outcome !== 'copied') return;
    const timer = setTimeout(() => setOutcome(null), FEEDBACK);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function copy(): Promise<void> {
    if (url === '' || !panel.isSeen('invite')) return;
    const written = await navigator.clipboard.writeText(url).then(
      () => true,
      () => false,
    );
    if (!written) field.current?.select();
    setOutcome(written ? 'copied' : 'selected');
  }

  return (
    <div class="copy-link">
      <input
        ref={field}
        type="text"
        readOnly
        aria-label="Invite link"
        value={url}
        placeholder="…"
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button
        look="primary"
        icon={outcome === 'copied' ? 'check' : 'copy'}
        busy={url === ''}
        onClick={() => void copy()}
      >
        {outcome === 'copied' ? 'Copied' : 'Copy link'}
      </Button>
      <p role="status" class={outcome === 'selected' ? '' : 'visually-hidden'}>
        {outcome === 'copied' && 'The link is copied.'}
        {outcome === 'selected' && 'The link is selected: copy it with Ctrl+C or ⌘C.'}
      </p>
    </div>
  );
}
