import { useEffect, useRef, useState } from 'preact/hooks';
import { type Failure, toFailure } from '../../lib/model/failure.ts';
import { isSearchable, parseSearch, type SearchPage } from '../../lib/model/search.ts';
import { usePanel } from '../panel/panel-context.ts';

/** Whoever types on is waited for this long, in milliseconds. */
const PAUSE = 200;

export type Found =
  | { readonly name: 'none' }
  | { readonly name: 'looking' }
  | { readonly name: 'failed'; readonly failure: Failure }
  | { readonly name: 'found'; readonly page: SearchPage; readonly isMoreComing: boolean };

export interface MessageSearch {
  readonly found: Found;
  /** Looks for what comes after the messages found so far. */
  more(): void;
  again(): void;
}

/** The messages that match what was typed into the search. What was found before stays until there is something new. */
export function useSearch(typed: string): MessageSearch {
  const { client } = usePanel();
  const [found, setFound] = useState<Found>({ name: 'none' });
  const [tries, setTries] = useState(0);
  const turn = useRef(0);
  const { text, from, page: onPage } = parseSearch(typed);
  const isWanted = isSearchable({ text, from, page: onPage });

  async function look(before: SearchPage | null): Promise<void> {
    const mine = ++turn.current;
    const last = before?.messages.at(-1)?.id ?? null;
    try {
      const page = await client.request('search', { text, from, page: onPage, chatId: null, before: last });
      const messages = [...(before?.messages ?? []), ...page.messages];
      const people = { ...before?.people, ...page.people };
      if (mine === turn.current) setFound({ name: 'found', page: { ...page, messages, people }, isMoreComing: false });
    } catch (thrown) {
      if (mine === turn.current) setFound({ name: 'failed', failure: toFailure(thrown) });
    }
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: looks anew for other words, or when asked to
  useEffect(() => {
    turn.current++;
    if (!isWanted) return setFound({ name: 'none' });
    setFound((now) => (now.name === 'found' ? now : { name: 'looking' }));
    const timer = setTimeout(() => void look(null), PAUSE);
    return () => clearTimeout(timer);
  }, [text, from, onPage, isWanted, tries]);

  return {
    found,
    more() {
      if (found.name !== 'found' || found.isMoreComing) return;
      setFound({ ...found, isMoreComing: true });
      void look(found.page);
    },
    again: () => setTries((count) => count + 1),
  };
}
