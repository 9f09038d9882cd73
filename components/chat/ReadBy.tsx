import type { ChatView } from '../../lib/model/chat-view.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Avatar } from '../parts/Avatar.tsx';
import { readWords } from './presence-words.ts';
import './read-by.css';

interface ReadByProps {
  /** Ids, joined by commas, so that a row whose readers did not change stays the same. */
  ids: string;
  people: ChatView['people'];
}

const SHOWN = 5;

/** The faces of those who have read up to here and no further, but of blocked people. */
export function ReadBy({ ids, people }: ReadByProps) {
  const blocked = usePanel().blocked.value;
  const readers = ids.split(',').filter((id) => id !== '' && !blocked.has(id));
  if (readers.length === 0) return null;
  const words = readWords(readers, people);
  const hidden = readers.length - SHOWN;
  const shown = hidden > 1 ? readers.slice(0, SHOWN) : readers;
  return (
    <span class="read-by" role="img" aria-label={words} title={words}>
      {hidden > 1 && <span class="read-more">+{hidden}</span>}
      {shown.map((id) => {
        const person = people[id];
        return person !== undefined && <Avatar key={id} person={person} size={14} />;
      })}
    </span>
  );
}
