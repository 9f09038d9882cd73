import { MAX_MESSAGE_CHARACTERS } from '../../lib/model/text.ts';
import { countWord } from '../time-words.ts';
import type { TextLength } from './length.ts';
import './length-note.css';

/** Says how much room is left near the limit, and what to do beyond it. */
export function LengthNote({ length: { count, isOver } }: { length: TextLength }) {
  return (
    <p class="length-note" data-over={isOver} role="status">
      {count !== null && `${countWord(count)} of ${countWord(MAX_MESSAGE_CHARACTERS)}`}
      {isOver && ': shorten it'}
    </p>
  );
}
