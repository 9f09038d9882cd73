/** How long after a key somebody is at writing, in milliseconds. */
const WRITING = 2_000;
/** So often the keyboard is taken back within a while; then the page is left to win. */
const MOST = 3;
const WHILE = 30_000;

interface Keeping {
  /** The panel's own. */
  readonly window: Pick<Window, 'addEventListener'>;
  /** Milliseconds of any clock. */
  now(): number;
  takeBack(): void;
  /** The page goes on taking it. */
  onLost(): void;
  readonly signal: AbortSignal;
}

/**
 * Takes the keyboard back when a script of the page took it from under somebody's fingers; not for ever, because a page that
 * insists wins. Whoever leaves by Tab or Escape leaves.
 */
export function keepKeys({ window, now, takeBack, onLost, signal }: Keeping): { taken(): void } {
  let writtenAt = Number.NEGATIVE_INFINITY;
  let takings: readonly number[] = [];

  window.addEventListener(
    'keydown',
    ({ key }) => {
      writtenAt = key === 'Tab' || key === 'Escape' ? Number.NEGATIVE_INFINITY : now();
    },
    { capture: true, signal },
  );

  return {
    taken() {
      if (now() - writtenAt > WRITING) return;
      takings = [...takings.filter((at) => now() - at < WHILE), now()];
      if (takings.length > MOST) onLost();
      else takeBack();
    },
  };
}
