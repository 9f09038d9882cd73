import { type Passage, pageWords } from '../../lib/model/passage.ts';
import './passage-line.css';

/** A page that goes along with an invite, and the passage on it. */
export function PassageLine({ passage: { url, quote } }: { passage: Passage }) {
  return (
    <div class="passage-line" title={url}>
      <bdi class="passage-page">{pageWords(url)}</bdi>
      {quote !== null && (
        <q class="passage-quote" dir="auto">
          {quote}
        </q>
      )}
    </div>
  );
}
