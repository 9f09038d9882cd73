import { isTracking } from './tracking-parameters.ts';

const MAX_CHARACTERS = 2_000;

/**
 * The address by which a page is known: http or https, without name and password, without tracking parameters (the others keep
 * their order), and without the fragment unless it is the route of a single-page app (`#/…`, `#!…`). An address that the page
 * declares (`rel="canonical"`) is taken where it can be true: on the same site, and not the front page for a page that lies deeper.
 * At most 2,000 characters: of a longer address query and fragment are dropped. Throws for what is no web address.
 */
export function canonicalUrl(address: string, declared?: string | null): string {
  const own = clean(address);
  if (own === null) throw new TypeError('not the address of a web page');
  const other = declared == null || declared.trim() === '' ? null : clean(declared, own);
  return short(other !== null && isBelievable(own, other) ? other : own);
}

function clean(address: string, base?: URL): URL | null {
  if (!URL.canParse(address, base)) return null;
  const url = new URL(address, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  url.username = '';
  url.password = '';
  url.search = withoutTracking(url.search, url.hostname);
  url.hash = isRoute(url.hash) ? withoutTextFragment(url.hash) : '';
  return url;
}

/** The parameters as they are written, since an address may depend on that. */
function withoutTracking(search: string, host: string): string {
  const kept = search
    .replace(/^\?/, '')
    .split('&')
    .filter((part) => part !== '' && !isTracking(decode(part.split('=', 1)[0] ?? ''), host));
  return kept.length === 0 ? '' : `?${kept.join('&')}`;
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Beyond the bare `#/` and `#!`, which are the front page of such an app. */
function isRoute(hash: string): boolean {
  return /^#(\/|!\/?)[^:]/.test(withoutTextFragment(hash));
}

function withoutTextFragment(hash: string): string {
  return hash.replace(/:~:.*$/, '');
}

function isBelievable(own: URL, declared: URL): boolean {
  if (siteOf(own) !== siteOf(declared) || own.port !== declared.port) return false;
  // No way back to http, and no page of a single-page app that passes for the app.
  if (own.protocol === 'https:' && declared.protocol === 'http:') return false;
  if (own.hash !== '' && own.hash !== declared.hash) return false;
  return declared.pathname !== '/' || declared.search !== '' || own.pathname === '/' || declared.hash !== '';
}

/** Hosts that differ by these labels show the same pages; others may belong to somebody else (`ana.github.io`). */
function siteOf({ hostname }: URL): string {
  return hostname.replace(/^(www\d?|m|mobile|amp|touch)\.(?=[^.]+\.)/, '');
}

function short(url: URL): string {
  if (url.href.length > MAX_CHARACTERS) url.hash = '';
  if (url.href.length > MAX_CHARACTERS) url.search = '';
  if (url.href.length > MAX_CHARACTERS) url.pathname = '/';
  return url.href;
}
