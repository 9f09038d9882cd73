import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import type { Member } from '../../lib/model/chat.ts';
import {
  findMentionQuery,
  insertMention,
  type MentionChoice,
  type MentionQuery,
  rankMentions,
} from './mention-query.ts';

interface Options {
  field: RefObject<HTMLTextAreaElement | null>;
  /** Empty where nobody can be mentioned. */
  members: readonly Member[];
  meId: string;
  onText: (text: string) => void;
}

export interface Mentions {
  /** Empty: the picker is closed. */
  readonly choices: readonly MentionChoice[];
  readonly active: number;
  /** The text or the caret changed. */
  look(): void;
  close(): void;
  point(index: number): void;
  pick(choice: MentionChoice): void;
  /** Takes the keys that are the picker's while it is open; true when it took this one. */
  takeKey(key: string): boolean;
}

/** The picker's state: open while a mention is being typed at the caret, until it is picked or put away by Escape. */
export function useMentions({ field, members, meId, onText }: Options): Mentions {
  const [query, setQuery] = useState<MentionQuery | null>(null);
  const [active, setActive] = useState(0);
  /** Start of the mention that was put away. */
  const [putAway, setPutAway] = useState<number | null>(null);
  const choices = query === null || query.start === putAway ? [] : rankMentions(query.query, members, meId);

  function look(): void {
    const element = field.current;
    if (element === null || members.length === 0) return;
    const isCaret = element.selectionStart === element.selectionEnd;
    const found = isCaret ? findMentionQuery(element.value, element.selectionStart) : null;
    if (found?.start !== query?.start || found?.query !== query?.query) setActive(0);
    if (found?.start !== query?.start) setPutAway(null);
    setQuery(found);
  }

  function pick(choice: MentionChoice): void {
    const element = field.current;
    if (element === null || query === null) return;
    const done = insertMention(element.value, query, choice.handle);
    // The caret is set on the field itself, so the text has to stand there already.
    element.value = done.text;
    element.setSelectionRange(done.caret, done.caret);
    onText(done.text);
    setQuery(null);
  }

  return {
    choices,
    active,
    look,
    close: () => setQuery(null),
    point: setActive,
    pick,
    takeKey(key) {
      if (choices.length === 0) return false;
      const chosen = choices[active];
      if (key === 'ArrowDown') setActive((active + 1) % choices.length);
      else if (key === 'ArrowUp') setActive((active + choices.length - 1) % choices.length);
      else if ((key === 'Enter' || key === 'Tab') && chosen !== undefined) pick(chosen);
      else if (key === 'Escape') setPutAway(query?.start ?? null);
      else return false;
      return true;
    },
  };
}
