import type { Source } from '../../lib/model/chat.ts';
import { Link } from '../markdown/Link.tsx';
import './sources.css';

/** The web pages that an answer cites, numbered. */
export function Sources({ sources }: { sources: readonly Source[] }) {
  if (sources.length === 0) return null;
  return (
    <ol class="sources" aria-label="Sources">
      {sources.map(({ title, url }) => (
        <li key={url}>
          <Link address={url}>{title}</Link>
          <bdi class="source-host">{new URL(url).host.replace(/^www\./, '')}</bdi>
        </li>
      ))}
    </ol>
  );
}
