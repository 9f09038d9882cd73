const SCHEMES = ['http:', 'https:', 'mailto:'];
/** Something that reads like a host name. */
const HOST = /[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/u;

/** The address as it will be opened, or null where a link must not lead: other schemes, relative addresses, a user name in front. */
export function safeAddress(address: string): URL | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !SCHEMES.includes(url.protocol)) return null;
  return url.username === '' && url.password === '' ? url : null;
}

/** The host to show beside a link whose text names another one; null where there is nothing to say. */
export function hiddenHost(url: URL, text: string): string | null {
  if (url.protocol === 'mailto:') return text.includes('@') && !text.includes(url.pathname) ? url.pathname : null;
  const named = HOST.exec(text)?.[0];
  return named === undefined || bare(named) === bare(url.hostname) ? null : url.hostname;
}

function bare(host: string): string {
  return host.toLowerCase().replace(/^www\./, '');
}
