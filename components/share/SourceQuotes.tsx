import { useState } from 'preact/hooks';
import type { Source } from '../../lib/model/chat.ts';
import type { Share } from '../../lib/model/share.ts';
import { Icon } from '../parts/Icon.tsx';
import { ShareSheet } from './ShareSheet.tsx';
import './source-quotes.css';
import { useShow } from './use-show.ts';

/** What an answer quotes of a shared page. Each was looked for in what was shared; a click leads to it on the page. */
export function SourceQuotes({ source }: { source: Source }) {
  const { shareId, quotes = [], title, url } = source;
  const [isGone, setIsGone] = useState(false);
  const show = useShow(() => setIsGone(true));
  if (shareId === undefined || quotes.length === 0) return null;
  const share: Share = {
    ...{ id: shareId, kind: 'selection', url, title, author: null, publishedAt: null, language: null },
    ...{ quote: '', characters: 0, screenshotId: null },
  };
  return (
    <ul class="source-quotes" aria-label={`Quoted from ${title}`}>
      {quotes.map(({ text, found }, index) => (
        <li key={index}>
          {found ? (
            <button type="button" class="source-quote" title="Show on page" onClick={() => show(share, text)}>
              <Icon name="check" />
              <q dir="auto">{text}</q>
            </button>
          ) : (
            <span class="source-quote" data-missing>
              <Icon name="alert" />
              <span>
                Not found in what was shared: <q dir="auto">{text}</q>
              </span>
            </span>
          )}
        </li>
      ))}
      {isGone && <ShareSheet share={share} isGone onClose={() => setIsGone(false)} />}
    </ul>
  );
}
