import { cleanText } from '../../lib/model/clean-text.ts';

const SCHEMES = ['http:', 'https:', 'mailto:'];
/** The address as it will be opened, or null where a link must not lead: other schemes, relative addresses, a user name in front. */
export function safeAddress(address: string): URL | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !SCHEMES.includes(url.protocol)) return null;
  return url.username === '' && url.password === '' ? url : null;
}

/** The host to show beside a link whose text names another one; null where there is nothing to say. */
export function hiddenHost(url: URL, text: string): string | null {
  const shown = cleanText(text).normalize('NFKC');
  if (url.protocol === 'mailto:') return shown.includes('@') && !shown.includes(url.pathname) ? url.pathname : null;
  return namedHosts(shown).every((named) => bare(named) === bare(url.hostname)) ? null : url.hostname;
}

/** What reads like hosts in a text: of each word, what stands before a path. In time that grows with the text alone. */
function namedHosts(text: string): string[] {
  return text
    .replaceAll('。', '.')
    .split(/\s+/)
    .flatMap((word) => (/^(?:[a-z]+:)?[\\/]*([^\\/?#]*)/i.exec(word)?.[1] ?? '').split(/[^\p{L}\p{N}\p{M}.-]+|\.{2,}/u))
    .map((word) => word.replace(/^\.|\.$/g, ''))
    .filter((word) => word.includes('.'));
}

function bare(host: string): string {
  return host.toLowerCase().replace(/^www\./, '');
}
