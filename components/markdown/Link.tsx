import type { ComponentChildren } from 'preact';
import { hiddenHost, safeAddress } from './links.ts';

interface LinkProps {
  address: string;
  /** What the link says, where its content is more than a text. */
  words?: string;
  children: ComponentChildren;
}

/** A link to a web or mail address, in a new tab and without a referrer; any other address leaves only its text. */
export function Link({ address, words, children }: LinkProps) {
  const url = safeAddress(address);
  if (url === null) return <>{children}</>;
  const host = words === undefined ? null : hiddenHost(url, words);
  return (
    <>
      <a href={url.href} target="_blank" rel="noopener noreferrer nofollow" referrerPolicy="no-referrer">
        {children}
      </a>
      {host !== null && (
        <span class="link-host">
          {' '}
          (<bdi>{host}</bdi>)
        </span>
      )}
    </>
  );
}
