import { useMemo } from 'preact/hooks';
import { MASKS, maskSecrets } from '../../lib/page/mask-secrets.ts';
import './masked-text.css';

interface MaskedTextProps {
  text: string;
  /** Which of the found secrets are shown. */
  unmasked: ReadonlySet<number>;
  onToggle: (index: number) => void;
}

/** A text as it will be sent; each secret in it is a button that hides or shows it. */
export function MaskedText({ text, unmasked, onToggle }: MaskedTextProps) {
  const found = useMemo(() => maskSecrets(text).found, [text]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keys
    <section class="masked-text" dir="auto" tabIndex={0} aria-label="What will be sent">
      {found.map(({ kind, start, end }, index) => {
        const isShown = unmasked.has(index);
        return (
          <>
            {text.slice(found[index - 1]?.end ?? 0, start)}
            <button
              type="button"
              class="masked-secret"
              aria-pressed={isShown}
              title={isShown ? 'Hide it again' : 'Show it'}
              onClick={() => onToggle(index)}
            >
              {isShown ? text.slice(start, end) : MASKS[kind]}
            </button>
          </>
        );
      })}
      {text.slice(found.at(-1)?.end ?? 0)}
    </section>
  );
}
