import type { Source } from '../../lib/model/chat.ts';
import { Link } from '../markdown/Link.tsx';
import { SourceQuotes } from '../share/SourceQuotes.tsx';
import './sources.css';

/** The web pages that an answer cites, numbered; under those that people shared, what it quotes of them. */
export function Sources({ sources }: { sources: readonly Source[] }) {
  if (sources.length === 0) return null;
  return (
    <ol class="sources" aria-label="Sources">
      {sources.map((source, index) => (
        <li key={index}>
          <div class="source-line">
            <Link address={source.url}>{source.title}</Link>
            <bdi class="source-host">{new URL(source.url).host.replace(/^www\./, '')}</bdi>
          </div>
          <SourceQuotes source={source} />
        </li>
      ))}
    </ol>
  );
}
