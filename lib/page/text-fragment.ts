import type { TextAnchor } from '../model/page-share.ts';
import { passageUrl } from '../model/passage.ts';

/** The address that opens a page at a passage in browsers without the extension (`#:~:text=`). */
export function textFragmentUrl(url: string, anchor: Pick<TextAnchor, 'exact'>): string {
  return passageUrl({ url, quote: anchor.exact.replace(/\s+/g, ' ').trim() });
}
