import Picker from 'emoji-picker-element/picker';
import data from 'emoji-picker-element-data/en/emojibase/data.json?url';
import { useLayoutEffect, useRef } from 'preact/hooks';
import './emoji-grid.css';

/** All emoji, to be looked through and searched. */
export function EmojiGrid({ onPick }: { onPick: (emoji: string) => void }) {
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(onPick);
  latest.current = onPick;

  useLayoutEffect(() => {
    // Built by the panel and read from it: nothing is asked of any server.
    const picker = new Picker({ dataSource: data, locale: 'en' });
    picker.addEventListener('emoji-click', ({ detail }) => {
      if (detail.unicode !== undefined) latest.current(detail.unicode);
    });
    adoptStyles(picker.shadowRoot);
    place.current?.append(picker);
    const search = () => picker.shadowRoot?.querySelector<HTMLElement>('input[type=search]');
    search()?.focus();
    return () => picker.remove();
  }, []);

  return <div ref={place} class="emoji-grid" />;
}

/** Before it is on the page, the picker's style element becomes a style sheet: the page's policy allows no inline styles. */
function adoptStyles(root: ShadowRoot | null): void {
  const inline = root?.querySelector('style');
  if (!root || !inline) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(inline.textContent);
  root.adoptedStyleSheets = [sheet];
  inline.remove();
}
