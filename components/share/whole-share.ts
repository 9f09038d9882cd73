import type { PageFacts, TextAnchor } from '../../lib/model/page-share.ts';
import type { TextReading, WholeShare } from '../../lib/model/share.ts';
import { storableText } from '../../lib/model/text.ts';
import { maskSecrets } from '../../lib/page/mask-secrets.ts';

const CONTEXT = 64;

/**
 * What is stored and sent of a reading: its text with secrets masked, but for those that the person unmasked (by their place among
 * the found ones), and nowhere else one that is masked there.
 */
export function wholeShare(id: string, reading: TextReading, unmasked: ReadonlySet<number>): WholeShare {
  const text = storableText(maskSecrets(reading.text, unmasked).text);
  const anchor = reading.kind === 'selection' ? maskAnchor(reading.anchor, text) : null;
  return { id, kind: reading.kind, ...safeFacts(reading.facts), text, anchor, screenshotId: null };
}

/** A page's facts without secrets. An address that holds one loses all that follows its path. */
export function safeFacts(facts: PageFacts): PageFacts {
  const { title, author, url } = facts;
  return {
    ...facts,
    url: holdsSecret(url) ? withoutQuery(url) : url,
    title: maskSecrets(title).text,
    author: author === null ? null : maskSecrets(author).text,
  };
}

function holdsSecret(text: string): boolean {
  return maskSecrets(text).found.length > 0;
}

function withoutQuery(address: string): string {
  const url = new URL(address);
  url.search = '';
  url.hash = '';
  return url.href;
}

/** Words around the passage help to find it again, unless they are secrets, or may be the rest of one that was cut off. */
function maskAnchor({ exact, prefix, suffix, start, end }: TextAnchor, text: string): TextAnchor {
  const around = `${prefix}${exact}${suffix}`;
  const { found } = maskSecrets(around);
  const after = prefix.length + exact.length;
  const clean = (from: number, to: number) => {
    let kept = '';
    for (let at = from; at < to; at++)
      if (!found.some((secret) => secret.start <= at && at < secret.end)) kept += around[at];
    return storableText(kept);
  };
  return {
    exact: text,
    prefix: clean(0, prefix.length).replace(prefix.length < CONTEXT ? /^(?!)/ : /^[\x21-\x7e]+/, ''),
    suffix: clean(after, around.length).replace(suffix.length < CONTEXT ? /(?!)$/ : /[\x21-\x7e]+$/, ''),
    start,
    end,
  };
}
