import { useMemo } from 'preact/hooks';
import { linkify } from './linkify.ts';
import './message-text.css';

/** What somebody wrote: text is text, only web addresses can be clicked. */
export function MessageText({ text }: { text: string }) {
  const parts = useMemo(() => linkify(text), [text]);
  return (
    <div class="message-text" dir="auto">
      {parts.map((part) =>
        part.href === undefined ? (
          part.text
        ) : (
          <a href={part.href} target="_blank" rel="noopener noreferrer">
            {part.text}
          </a>
        ),
      )}
    </div>
  );
}
