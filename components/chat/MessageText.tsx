import { hasMarkdown } from '../markdown/has-markdown.ts';
import { rich } from '../markdown/rich.ts';
import '../markdown/code-block.css';
import '../markdown/rich-text.css';
import { Words } from '../markdown/Words.tsx';
import './message-text.css';
import { StreamingText } from './StreamingText.tsx';
import { TextBoundary } from './TextBoundary.tsx';

interface MessageTextProps {
  text: string;
  /** Still being written. */
  isGrowing?: boolean;
}

/** What somebody wrote; as it was written where it cannot be drawn. */
export function MessageText({ text, isGrowing = false }: MessageTextProps) {
  return (
    <TextBoundary text={text}>
      <DrawnText text={text} isGrowing={isGrowing} />
    </TextBoundary>
  );
}

/** Its Markdown is shown as soon as the chunk that reads it is here. A growing text keeps its elements to the end. */
function DrawnText({ text, isGrowing }: Required<MessageTextProps>) {
  const RichText = hasMarkdown(text) ? rich.value : null;
  if (RichText !== null) return <RichText text={text} isGrowing={isGrowing} />;
  if (isGrowing) return <StreamingText text={text} />;
  return (
    <div class="message-text" dir="auto">
      <Words text={text} />
    </div>
  );
}
