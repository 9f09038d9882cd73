import { hasMarkdown } from '../markdown/has-markdown.ts';
import { rich } from '../markdown/rich.ts';
import '../markdown/code-block.css';
import '../markdown/rich-text.css';
import { Words } from '../markdown/Words.tsx';
import './message-text.css';

/** What somebody wrote, its Markdown shown as soon as the chunk that reads it is here. */
export function MessageText({ text }: { text: string }) {
  const RichText = hasMarkdown(text) ? rich.value : null;
  if (RichText !== null) return <RichText text={text} isGrowing={false} />;
  return (
    <div class="message-text" dir="auto">
      <Words text={text} />
    </div>
  );
}
