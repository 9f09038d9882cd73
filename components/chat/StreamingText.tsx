import { useRef } from 'preact/hooks';
import { hasMarkdown } from '../markdown/has-markdown.ts';
import { rich } from '../markdown/rich.ts';
import './streaming-text.css';
import { addPiece, type Pieces } from './pieces.ts';

/** The words of a reply as they come: plain words fade in piece by piece, from the first Markdown on block by block. */
export function StreamingText({ text }: { text: string }) {
  const pieces = useRef<Pieces>({ settled: '', fresh: [], from: 0 });
  const RichText = hasMarkdown(text) ? rich.value : null;
  if (RichText !== null) return <RichText text={text} isGrowing />;

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
