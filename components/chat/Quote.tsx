import type { ChatView } from '../../lib/model/chat-view.ts';
import { usePanel } from '../panel/panel-context.ts';
import { BLOCKED_PERSON } from './BlockedMessage.tsx';
import './quote.css';
import { type Answered, EARLIER, quotedLine, quotedName } from './quote-words.ts';

interface QuoteProps {
  answered: Answered;
  people: ChatView['people'];
  meId: string;
}

/** The line above an answer that says to what. A click leads there. */
export function Quote({ answered, people, meId }: QuoteProps) {
  const { jumpTo, blocked } = usePanel();
  if (answered === 'earlier') return <p class="quote">{EARLIER}</p>;
  const isBlocked = blocked.value.has(answered.authorId ?? '');
  const name = isBlocked ? BLOCKED_PERSON : quotedName(answered, people, meId);
  return (
    <button type="button" class="quote" title="Show this message" onClick={() => jumpTo(answered)}>
      <bdi class="quote-author">{name}</bdi>
      <span class="quote-line" dir="auto">
        {isBlocked ? '' : quotedLine(answered)}
      </span>
    </button>
  );
}
