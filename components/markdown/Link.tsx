import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { LinkRule } from './link-rule.ts';
import { hiddenHost, safeAddress } from './links.ts';

interface LinkProps {
  address: string;
  /** What the link says, where its content is more than a text. */
  words?: string;
  children: ComponentChildren;
}

/**
 * A link to a web or mail address, in a new tab and without a referrer; any other address leaves only its text, and so does one that is not to be
 * trusted here.
 */
export function Link({ address, words, children }: LinkProps) {
  const url = safeAddress(address);
  const isTrusted = useContext(LinkRule);
  if (url === null || !isTrusted(url)) return <>{children}</>;
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
