/** What a page's JSON-LD says of the page. */
interface LinkedFacts {
  readonly title: string | null;
  readonly author: string | null;
  readonly publishedAt: string | null;
  readonly language: string | null;
}

const MOST_CHARACTERS = 200_000;
const MOST_THINGS = 200;
const PAGES =
  /(Article|BlogPosting|Report|Review|Recipe|HowTo|Product|Book|Event|VideoObject|QAPage|DiscussionForumPosting|WebPage|SocialMediaPosting|CreativeWork|Course|Dataset)$/;

/** Reads schema.org's description of the page from its scripts of this type. Never throws: what is malformed says nothing. */
export function readLinkedData(scripts: readonly Element[]): LinkedFacts {
  const things = scripts.flatMap(({ textContent }) => thingsIn(parse(textContent ?? '')));
  const pages = things.filter((thing) =>
    [thing['@type']].flat().some((type) => typeof type === 'string' && PAGES.test(type)),
  );
  // What is most particular comes first: a page about an article holds the article.
  const ordered = [...pages.filter(({ headline }) => headline !== undefined), ...pages];
  const first = (read: (thing: Thing) => string | null) => ordered.map(read).find((value) => value !== null) ?? null;
  return {
    title: first(({ headline, name }) => text(headline) ?? text(name)),
    author: first(({ author, creator }) => names(author ?? creator)),
    publishedAt: first(({ datePublished, dateCreated }) => text(datePublished) ?? text(dateCreated)),
    language: first(({ inLanguage }) => text(inLanguage)),
  };
}

type Thing = Readonly<Record<string, unknown>>;

function parse(source: string): unknown {
  if (source.length > MOST_CHARACTERS) return null;
  try {
    return JSON.parse(source);
  } catch {
    return null;
  }
}

function thingsIn(value: unknown): Thing[] {
  const found: Thing[] = [];
  const waiting = [value];
  while (waiting.length > 0 && found.length < MOST_THINGS) {
    const next = waiting.shift();
    if (Array.isArray(next)) waiting.push(...next.slice(0, MOST_THINGS));
    else if (typeof next === 'object' && next !== null) {
      found.push(next as Thing);
      waiting.push((next as Thing)['@graph'], (next as Thing)['mainEntity']);
    }
  }
  return found;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function names(value: unknown): string | null {
  const found = [value]
    .flat()
    .map((each) => text(each) ?? text((each as Thing | null | undefined)?.['name']))
    .filter((name) => name !== null);
  return found.length === 0 ? null : found.slice(0, 5).join(', ');
}
