import { useEffect, useMemo, useState } from 'preact/hooks';
import { cleanText } from '../../lib/model/clean-text.ts';
import { Icon } from '../parts/Icon.tsx';
import { lazy, useLazy } from '../parts/use-lazy.ts';
import { ScrollBox } from './ScrollBox.tsx';

/** Longer code is not coloured, in characters. */
const LONGEST_COLOURED = 20_000;
/** How long the button says that it worked, in milliseconds. */
const FEEDBACK = 2_000;

interface CodeBlockProps {
  code: string;
  /** As it was written after the fence. */
  language: string | null;
  /** Still being written: coloured when it is whole. */
  isOpen: boolean;
}

const highlighting = lazy(() => import('./highlight.tsx'));

export function CodeBlock({ code, language, isOpen }: CodeBlockProps) {
  const isColoured = language !== null && !isOpen && code.length <= LONGEST_COLOURED;
  const highlighter = useLazy(isColoured ? highlighting : null);
  const coloured = useMemo(
    () => (language === null ? null : (highlighter?.highlight(code, language) ?? null)),
    [highlighter, code, language],
  );
  return (
    <figure class="code-block">
      <figcaption>
        <span class="code-language" dir="auto">
          {language?.slice(0, 24) ?? 'text'}
        </span>
        <CopyCode code={code} />
      </figcaption>
      <ScrollBox class="code-lines" label="Code">
        <pre dir="ltr">
          <code>{coloured ?? code}</code>
        </pre>
      </ScrollBox>
    </figure>
  );
}

function CopyCode({ code }: { code: string }) {
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null);

  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), FEEDBACK);
    return () => clearTimeout(timer);
  }, [outcome]);

  // As it is seen: what is hidden in it would run in a terminal all the same.
  async function copy(): Promise<void> {
    const written = await navigator.clipboard.writeText(cleanText(code)).then(
      () => true,
      () => false,
    );
    setOutcome(written ? 'copied' : 'refused');
  }

  return (
    <button type="button" class="copy-code" aria-label="Copy code" onClick={() => void copy()}>
      <Icon name={outcome === 'copied' ? 'check' : 'copy'} />
      <span role="status">{outcome === null ? 'Copy' : outcome === 'copied' ? 'Copied' : 'Not allowed here'}</span>
    </button>
  );
}
