import { useRef } from 'preact/hooks';
import './streaming-text.css';
import { addPiece, type Pieces } from './pieces.ts';

/** Plain words of a reply as they come: each piece fades in once. */
export function StreamingText({ text }: { text: string }) {
  const pieces = useRef<Pieces>({ settled: '', fresh: [], from: 0 });
  pieces.current = addPiece(pieces.current, text);
  const { settled, fresh, from } = pieces.current;
  return (
    <div class="message-text streaming" dir="auto">
      {settled}
      {fresh.map((piece, index) => (
        <span key={from + index}>{piece}</span>
      ))}
    </div>
  );
}
