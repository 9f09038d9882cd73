/** A page, and perhaps a passage on it in its own words. */
export interface Passage {
  readonly url: string;
  readonly quote: string | null;
}

export const MAX_PASSAGE_CHARACTERS = 1_000;
const MAX_URL_CHARACTERS = 2_000;
/** From this many words on a passage is found by its beginning and its end. */
const LONG = 12;
const ENDS = 4;

/** The page and passage as they may be passed on; null for what is no web page. */
export function passageOf(url: string, selection: string): Passage | null {
  if (!/^https?:\/\/\S+$/.test(url)) return null;
  // What a page was scrolled to is no part of it.
  const clean = url.replace(/:~:.*$/, '').replace(/#$/, '');
  if (clean.length > MAX_URL_CHARACTERS) return null;
  const words = selection.replace(/\s+/g, ' ').trim();
  return { url: clean, quote: words === '' ? null : words.slice(0, MAX_PASSAGE_CHARACTERS).toWellFormed() };
}

/** The address that opens the page at the passage, as browsers understand it (text fragments). */
export function passageUrl({ url, quote }: Passage): string {
  if (quote === null) return url;
  const words = quote.split(' ');
  const parts = words.length < LONG ? [quote] : [words.slice(0, ENDS).join(' '), words.slice(-ENDS).join(' ')];
  // A dash, a comma and an ampersand have a meaning there.
  const text = parts.map((part) => encodeURIComponent(part).replaceAll('-', '%2D')).join();
  return `${url}${url.includes('#') ? '' : '#'}:~:text=${text}`;
}

/** The page's address as people read it: without the scheme, and not too long. */
export function pageWords(url: string): string {
  const { host, pathname } = new URL(url);
  const path = pathname === '/' ? '' : decodeURI(pathname);
  const words = `${host.replace(/^www\./, '')}${path}`;
  return words.length > 60 ? `${words.slice(0, 59)}…` : words;
}
