import { useEffect, useState } from 'preact/hooks';
import './level-meter.css';
import type { Dictation } from './dictation.ts';

const SEGMENTS = 10;
/** Where people want nothing to move, the level is looked at only now and then. */
const CALM = 1_000;

/** How loud the microphone hears: segments that light up. */
export function LevelMeter({ dictation }: { dictation: Dictation }) {
  const [isCalm] = useState(() => matchMedia('(prefers-reduced-motion: reduce)').matches);
  const [calmLevel, setCalmLevel] = useState(0);
  useEffect(() => {
    if (!isCalm) return;
    const timer = setInterval(() => setCalmLevel(dictation.level.peek()), CALM);
    return () => clearInterval(timer);
  }, [isCalm, dictation]);
  const lit = Math.round((isCalm ? calmLevel : dictation.level.value) * SEGMENTS);
  return (
    <>
      <meter class="visually-hidden" aria-label="How loud the microphone hears" max={SEGMENTS} value={lit} />
      <div class="level-meter" aria-hidden="true">
        {Array.from({ length: SEGMENTS }, (_, index) => (
          <span key={index} data-lit={index < lit} />
        ))}
      </div>
    </>
  );
}
