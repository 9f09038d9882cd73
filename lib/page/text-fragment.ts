import type { TextAnchor } from '../model/page-share.ts';
import { passageUrl } from '../model/passage.ts';

/** A fragment finds a passage in one block only by all of its words: in several, by the first and the last of them. */
const ENDS = 4;

/** The address that opens a page at a passage in browsers without the extension (`#:~:text=`). */
export function textFragmentUrl(url: string, { exact }: Pick<TextAnchor, 'exact'>): string {
  const lines = exact
    .split(/[\n\t]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const [first, last] = [lines[0], lines.at(-1)];
  if (first === undefined || last === undefined) return url;
  if (lines.length === 1) return passageUrl({ url, quote: first.replace(/\s+/g, ' ') });
  const ends = [first.split(/\s+/).slice(0, ENDS), last.split(/\s+/).slice(-ENDS)];
  const [start, end] = ends.map((words) => passageUrl({ url: '', quote: words.join(' ') }).replace('#:~:text=', ''));
  return `${passageUrl({ url, quote: '' })}${start},${end}`;
}
