import type { PageFacts } from '../model/page-share.ts';
import { canonicalUrl } from './canonical-url.ts';
import { type Declaration, declaredFor, wentOn } from './declared-address.ts';
import { readLinkedData } from './linked-data.ts';
import { tidyDate, tidyLanguage, tidyLine } from './tidy-facts.ts';

const MOST_TITLE = 300;
const MOST_AUTHOR = 200;
/** A shorter heading may be in the title by chance. */
const TELLING = 5;

/** Everything outside the head that may say something of the page. */
const SPEAKING = 'h1, meta[itemprop][content], a[rel~="author"], [itemprop~="author"], time[datetime]';
/** In a page of more elements only the headings are looked for: a search through all of them would hold it up. */
const HUGE = 30_000;

/** What a page says of itself. Nothing of it is believed to be true, only tidied: lengths, one line, forms. */
export function readFacts(document: Document, address: string): PageFacts {
  const speaking = speakingIn(document);
  const declaration = readDeclaration(document);
  const declared = declaredFor(address, declaration);
  const isLeft = declared === null && isLeftOver(address, declaration);
  const scripts = isLeft ? [] : Array.from(document.scripts);
  const linked = readLinkedData(scripts.filter(({ type }) => /^application\/ld\+json$/i.test(type)));
  const url = canonicalUrl(address, declared);
  const metas = readMetas([...(isLeft ? [] : metasIn(document)), ...speaking]);
  return {
    url,
    title:
      titleOf(document, [metas('og:title', 'twitter:title'), linked.title, heading(speaking)]) ?? new URL(url).host,
    author: tidyLine(linked.author ?? authorOf(metas, speaking), MOST_AUTHOR),
    publishedAt: tidyDate(linked.publishedAt) ?? tidyDate(dateOf(metas, speaking)),
    language:
      tidyLanguage(document.documentElement.lang) ??
      tidyLanguage(linked.language) ??
      tidyLanguage(metas('og:locale', 'content-language')),
  };
}

function speakingIn(document: Document): Element[] {
  const isHuge = document.getElementsByTagName('*').length > HUGE;
  return Array.from(isHuge ? document.getElementsByTagName('h1') : document.querySelectorAll(SPEAKING));
}

function readDeclaration({ head, defaultView }: Document): Declaration {
  return {
    declared: head?.querySelector('link[rel~="canonical" i][href]')?.getAttribute('href') ?? null,
    loaded: defaultView?.performance.getEntriesByType('navigation')[0]?.name ?? null,
  };
}

/** Whether the head still tells of the page before this one, as its address does. */
function isLeftOver(address: string, { declared, loaded }: Declaration): boolean {
  return declared !== null && loaded !== null && wentOn(loaded, address);
}

/** The headline, where the page's title is that with names of its site around it. */
function titleOf({ title }: Document, headlines: readonly (string | null)[]): string | null {
  const full = tidyLine(title, MOST_TITLE);
  const tidied = headlines.map((headline) => tidyLine(headline, MOST_TITLE)).filter((headline) => headline !== null);
  if (full === null) return tidied[0] ?? null;
  return tidied.find((headline) => full.includes(headline) && headline.length >= TELLING) ?? full;
}

function heading(speaking: readonly Element[]): string | null {
  return speaking.find(({ localName }) => localName === 'h1')?.textContent ?? null;
}

type Metas = (...names: readonly string[]) => string | null;

function metasIn({ head }: Document): Element[] {
  return Array.from(head?.querySelectorAll('meta[content]') ?? []);
}

/** Reads the first of several names that a page gives a value. */
function readMetas(elements: readonly Element[]): Metas {
  const values = new Map<string, string>();
  for (const element of elements) {
    const content = element.localName === 'meta' ? element.getAttribute('content')?.trim() : undefined;
    if (content === undefined || content === '') continue;
    for (const attribute of ['property', 'name', 'itemprop', 'http-equiv']) {
      const name = element.getAttribute(attribute)?.toLowerCase();
      if (name !== undefined && !values.has(name)) values.set(name, content);
    }
  }
  return (...names) => names.map((name) => values.get(name)).find((value) => value !== undefined) ?? null;
}

function authorOf(metas: Metas, speaking: readonly Element[]): string | null {
  const named = metas('author', 'article:author', 'dc.creator', 'dcterms.creator', 'parsely-author');
  if (named !== null && !/^https?:/.test(named)) return named;
  const marked = speaking.find((element) => element.matches('a[rel~="author"], [itemprop~="author"]'));
  return (marked?.querySelector('[itemprop~="name"]') ?? marked)?.textContent ?? null;
}

function dateOf(metas: Metas, speaking: readonly Element[]): string | null {
  const named = metas(
    ...[
      'article:published_time',
      'datepublished',
      'date',
      'dc.date',
      'dcterms.date',
      'dcterms.created',
      'parsely-pub-date',
    ],
  );
  const times = speaking.filter(({ localName }) => localName === 'time');
  const marked =
    times.find((time) => time.matches('[itemprop~="datePublished"], [pubdate]')) ??
    times.find((time) => time.closest('article, main') !== null);
  return named ?? marked?.getAttribute('datetime') ?? null;
}
