import type { ComponentChildren } from 'preact';
import { plainText } from '../../lib/model/plain-text.ts';
import type { Share } from '../../lib/model/share.ts';
import './share-card.css';
import { SiteMark } from './SiteMark.tsx';
import { hostOf, KIND_WORDS } from './share-words.ts';

interface ShareCardProps {
  share: Pick<Share, 'kind' | 'url' | 'title' | 'author' | 'quote' | 'characters'>;
  /** In place of its quote. */
  children?: ComponentChildren;
  /** What can be done with it. */
  actions?: ComponentChildren;
  onOpen?: () => void;
}

/** A page share: the same in preview, composer and message. A click on it opens it. */
export function ShareCard({ share, children, actions, onOpen }: ShareCardProps) {
  const { kind, url, title, author, quote, characters } = share;
  const head = (
    <>
      <SiteMark url={url} />
      <span class="share-words">
        <span class="share-title" dir="auto">
          {title}
        </span>
        <span class="share-site">
          <bdi>{hostOf(url)}</bdi>
          {author !== null && <bdi class="share-author">{author}</bdi>}
        </span>
      </span>
    </>
  );
  return (
    <article class="share-card" data-kind={kind} aria-label={`${KIND_WORDS[kind]} from ${hostOf(url)}`}>
      {onOpen === undefined ? (
        <div class="share-head">{head}</div>
      ) : (
        <button type="button" class="share-head" title={`Read what was shared of ${url}`} onClick={onOpen}>
          {head}
        </button>
      )}
      {children ??
        (quote !== '' && (
          <blockquote class="share-quote" dir="auto">
            {kind === 'article' ? plainText(quote) : quote}
            {[...quote].length < characters && '…'}
          </blockquote>
        ))}
      {actions !== undefined && <div class="share-actions">{actions}</div>}
    </article>
  );
}
