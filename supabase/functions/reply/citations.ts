import type { QuotedPassage, Source } from '../_shared/replies.ts';
import { MAX_ANSWER } from './fold.ts';
import type { InputPage } from './input-pages.ts';

export interface CitedAnswer {
  readonly body: string;
  /** The pages that it cites, in the order of their numbers. */
  readonly sources: readonly Source[];
}

const QUOTE =
  /(?:“([^”]{1,2000})”|"([^"\n]{1,2000})"|«([^»]{1,2000})»|„([^“”]{1,2000})[“”]|「([^」]{1,2000})」)[\s.,;:!?*_]*$/;
const BLOCK = /(?:^|\n)((?:> ?[^\n]*\n)*> ?[^\n]*)\s*$/;
const LONGEST = 1_000;

/**
 * An answer as it is kept: where the model named a page ([p1]), the number of that page among its sources stands, counted from
 * `first`; and a quote before it was looked for in what was shared of the page. One that is not there is marked so.
 */
export function citePages(body: string, pages: readonly InputPage[], first: number): CitedAnswer {
  const cited = new Map<InputPage, QuotedPassage[]>();
  let kept = '';
  let end = 0;
  for (const mark of body.matchAll(/[ \t]*\[(p\d{1,3})\]/g)) {
    const before = body.slice(end, mark.index);
    kept += before;
    end = mark.index + mark[0].length;
    const page = pages.find(({ name }) => name === mark[1]);
    // It made that one up.
    if (page === undefined) continue;
    const quotes = cited.get(page) ?? [];
    cited.set(page, quotes);
    const quote = quoteBefore(before);
    const found = quote === null || isIn(quote, page.share.text);
    if (quote !== null) quotes.push({ text: quote.slice(0, LONGEST).toWellFormed(), found });
    const number = first + [...cited.keys()].indexOf(page);
    kept += ` [${number}${found ? '' : ', not found on the page'}]`;
  }
  const sources = [...cited].map(([{ share }, quotes]) => ({
    ...{ title: share.title, url: share.url, share_id: share.id },
    ...(quotes.length === 0 ? {} : { quotes }),
  }));
  const text = kept + body.slice(end);
  return text.length > MAX_ANSWER ? { body, sources } : { body: text, sources };
}

/** The quote in which the text ends, without its marks; null where it ends in none. */
function quoteBefore(text: string): string | null {
  const inline = QUOTE.exec(text);
  if (inline !== null)
    return (
      inline
        .slice(1)
        .find((group) => group !== undefined)
        ?.trim() || null
    );
  const block = BLOCK.exec(text)?.[1];
  return block === undefined ? null : block.replace(/^> ?/gm, '').trim() || null;
}

/** Whether a text holds the quote: word by word, whatever its spaces, its marks and the size of its first letter. What an ellipsis stands for may be anything. */
export function isIn(quote: string, text: string): boolean {
  const whole = normalise(text);
  const pieces = normalise(quote)
    .split(/\s*\[?(?:…|\.\.\.)\]?\s*/)
    .map((piece) => piece.replace(/^[\s.,;:!?]+|[\s.,;:!?]+$/g, ''))
    .filter((piece) => piece !== '');
  let from = 0;
  for (const piece of pieces) {
    const at = find(whole, piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return pieces.length > 0;
}

function find(text: string, piece: string, from: number): number {
  const first = piece.charAt(0);
  const other = first === first.toLowerCase() ? first.toUpperCase() : first.toLowerCase();
  const places = [piece, other + piece.slice(1)].map((words) => text.indexOf(words, from)).filter((at) => at >= 0);
  return places.length === 0 ? -1 : Math.min(...places);
}

function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[‘’‚‛′]/g, "'")
    .replace(/[“”„‟″«»]/g, '"')
    .replace(/[‐-―−]/g, '-')
    .replace(/[*_`#>|]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
