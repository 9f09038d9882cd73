const EXTENSION_ORIGIN = /^(chrome|moz|safari-web)-extension:\/\/[a-z0-9-]+$/i;

const METHODS = 'POST, OPTIONS';
const HEADERS = 'apikey, authorization, content-type, x-client-info';

/**
 * Headers by which a browser lets the calling page read the answer: for extensions, and for the origins listed in `configured`
 * (separated by commas). Callers are known by their tokens, never by cookies, so this only keeps strangers' pages out.
 */
export function corsHeaders(origin: string | null, configured: string | undefined): Record<string, string> {
  if (origin === null || !isAllowed(origin, configured)) return { vary: 'Origin' };
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-allow-methods': METHODS,
    'access-control-allow-headers': HEADERS,
    'access-control-expose-headers': 'retry-after',
    'access-control-max-age': '86400',
  };
}

function isAllowed(origin: string, configured: string | undefined): boolean {
  if (EXTENSION_ORIGIN.test(origin)) return true;
  return (configured ?? '').split(',').some((allowed) => allowed.trim() === origin);
}
