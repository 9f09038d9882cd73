import { useEffect, useRef } from 'preact/hooks';
import { usePanel } from '../panel/panel-context.ts';
import { Icon } from '../parts/Icon.tsx';
import './chat-search.css';

const IS_APPLE = /Mac|iPhone|iPad/.test(navigator.platform);

/** Narrows the list by title and finds messages. Ctrl+K or ⌘K leads here from anywhere in the panel. */
export function ChatSearch({ query, onQuery }: { query: string; onQuery: (query: string) => void }) {
  const panel = usePanel();
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const handleKey = (event: KeyboardEvent) => {
      if (
        event.key.toLowerCase() !== 'k' ||
        !(IS_APPLE ? event.metaKey : event.ctrlKey) ||
        event.altKey ||
        event.shiftKey
      )
        return;
      if (document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      // In a narrow panel the list is behind the chat.
      if (input.current?.checkVisibility() === false) panel.client.watch(null);
      requestAnimationFrame(() => {
        input.current?.focus();
        input.current?.select();
      });
    };
    window.addEventListener('keydown', handleKey);
    return () => window.removeEventListener('keydown', handleKey);
  }, [panel]);

  return (
    <div class="chat-search">
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        aria-label="Search chats and messages"
        placeholder="Search"
        title="from:username finds what one person said, page:host what was shared of a page"
        aria-keyshortcuts={IS_APPLE ? 'Meta+K' : 'Control+K'}
        value={query}
        onInput={(event) => onQuery(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || query === '') return;
          event.preventDefault();
          onQuery('');
        }}
      />
      <span class="chat-search-keys" aria-hidden="true">
        {IS_APPLE ? '⌘ K' : 'Ctrl K'}
      </span>
    </div>
  );
}
