import { useEffect, useRef, useState } from 'preact/hooks';
import { Skeleton } from '../parts/Skeleton.tsx';
import { type Emoji, type EmojiBook, findEmoji, readEmoji } from './emoji.ts';
import './emoji-grid.css';

/** As the style sheet lays them out. */
const COLUMNS = 8;

/** All emoji, to be looked through and searched. */
export function EmojiGrid({ onPick }: { onPick: (emoji: string) => void }) {
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [book, setBook] = useState<EmojiBook | null>(null);
  const [query, setQuery] = useState('');
  const found = book !== null && query.trim() !== '' ? findEmoji(book, query) : null;

  useEffect(() => {
    search.current?.focus();
    // A part of the extension: it is there.
    void readEmoji().then(setBook);
  }, []);

  function handleKey(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }[event.key];
    if (step === undefined) return;
    const all = [...(list.current?.querySelectorAll<HTMLElement>('.emoji') ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    // Within the text of the search, left and right are the caret's.
    if (at === -1 && step !== COLUMNS) return;
    event.preventDefault();
    const next = at === -1 ? 0 : at + step;
    if (next < 0) search.current?.focus();
    else all[Math.min(next, all.length - 1)]?.focus();
  }

  function handleEnter(event: KeyboardEvent): void {
    const [first] = found ?? [];
    if (event.key === 'Enter' && first !== undefined) onPick(first.text);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only moves the focus among its buttons
    <div class="emoji-grid" onKeyDown={handleKey}>
      <input
        ref={search}
        type="search"
        class="emoji-search"
        placeholder="Search all emoji"
        aria-label="Search all emoji"
        value={query}
        onInput={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={handleEnter}
      />
      <div ref={list} class="emoji-list">
        {book === null && <Skeleton rows={3} label="Emoji are being loaded" />}
        {found?.length === 0 && <p class="emoji-none">No emoji is called that.</p>}
        {found !== null && <Cells emoji={found} onPick={onPick} />}
        {found === null &&
          book?.groups.map(({ title, emoji }) => (
            <section key={title} class="emoji-group" aria-label={title}>
              <h2>{title}</h2>
              <Cells emoji={emoji} onPick={onPick} />
            </section>
          ))}
      </div>
    </div>
  );
}

function Cells({ emoji, onPick }: { emoji: readonly Emoji[]; onPick: (emoji: string) => void }) {
  return (
    <div class="emoji-cells">
      {emoji.map(({ text, name }) => (
        <button key={text} type="button" class="emoji" aria-label={name} title={name} onClick={() => onPick(text)}>
          {text}
        </button>
      ))}
    </div>
  );
}
