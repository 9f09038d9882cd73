import { useMemo } from 'preact/hooks';
import { lazy, useLazy } from '../parts/use-lazy.ts';
import { ScrollBox } from './ScrollBox.tsx';

/** Longer formulas in a line get a box that scrolls; shorter ones stand on the line. */
const LONG = 60;

const mathMl = lazy(() => import('./math-ml.tsx'));

/** A formula; as it was written until the typesetter is here, and where it does not understand it. */
export function Formula({ tex, isBlock }: { tex: string; isBlock: boolean }) {
  const math = useLazy(mathMl);
  const made = useMemo(() => math?.mathMl(tex, isBlock) ?? null, [math, tex, isBlock]);
  if (made === null) return isBlock ? <pre class="formula-source">{tex}</pre> : <code>{tex}</code>;
  if (isBlock)
    return (
      <ScrollBox class="formula-block" label="Formula">
        {made}
      </ScrollBox>
    );
  if (tex.length <= LONG) return <span class="formula">{made}</span>;
  return (
    <ScrollBox as="span" class="formula long" label="Formula">
      {made}
    </ScrollBox>
  );
}
