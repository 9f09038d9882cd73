/** Origins that browsers may call the stack from. */
export interface AllowedOrigins {
  /** Origin of the gateway: the join page and the web app. */
  readonly own: string;
  /** Exact origins besides, such as `chrome-extension://<id>`. */
  readonly others: readonly string[];
}

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS';
const EXPOSED =
  'content-length, content-location, content-range, etag, location, preference-applied, retry-after, sb-auth-session-id, tus-resumable, upload-length, upload-offset, x-sb-error-code';

/**
 * Whether a request may go on: without an Origin (no browser) always, else only from the allowed ones. Firefox gives each
 * installation of an extension its own random origin, so any `moz-extension:` counts as one.
 */
export function isAllowed(origin: string | null, { own, others }: AllowedOrigins): boolean {
  return origin === null || origin === own || others.includes(origin) || origin.startsWith('moz-extension://');
}

/** The answer to a preflight of an allowed origin. */
export function preflight(request: Request): Response {
  const headers = new Headers({
    'access-control-allow-methods': METHODS,
    'access-control-allow-headers': request.headers.get('access-control-request-headers') ?? '',
    'access-control-max-age': '7200',
  });
  // Browsers ask this before a page from elsewhere may reach a server on this machine.
  if (request.headers.has('access-control-request-private-network')) {
    headers.set('access-control-allow-private-network', 'true');
  }
  return withCors(new Response(null, { status: 204, headers }), request.headers.get('origin'));
}

/** The answer with what the browser of an allowed origin needs to read it, in place of what a part said about that. */
export function withCors(response: Response, origin: string | null): Response {
  const headers = new Headers(response.headers);
  if (origin === null) headers.delete('access-control-allow-origin');
  else {
    headers.set('access-control-allow-origin', origin);
    headers.set('access-control-expose-headers', EXPOSED);
  }
  headers.append('vary', 'Origin');
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
