/** Origins that browsers may call the stack from, besides its own. */
export interface AllowedOrigins {
  /** Origin of the gateway: the join page and the web app. */
  readonly own: string;
  /** Exact origins, such as `chrome-extension://<id>`. */
  readonly extensions: readonly string[];
}

const HEADERS =
  'authorization, apikey, content-type, prefer, accept-profile, content-profile, range, x-client-info, x-supabase-api-version, x-upsert, cache-control';
const EXPOSED = 'content-range, content-location, location, preference-applied, retry-after, sb-auth-session-id';

/**
 * Whether a request may go on: without an Origin (no browser) always, else only from the allowed ones. Firefox gives each
 * installation of an extension its own random origin, so any `moz-extension:` counts as one.
 */
export function isAllowed(origin: string | null, { own, extensions }: AllowedOrigins): boolean {
  return origin === null || origin === own || extensions.includes(origin) || origin.startsWith('moz-extension://');
}

/** The answer to a preflight. */
export function preflight(request: Request): Response {
  return withCors(
    new Response(null, {
      status: 204,
      headers: {
        'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
        'access-control-allow-headers': request.headers.get('access-control-request-headers') ?? HEADERS,
        'access-control-max-age': '7200',
      },
    }),
    request.headers.get('origin'),
  );
}

/** The answer with what the browser of an allowed origin needs to read it. */
export function withCors(response: Response, origin: string | null): Response {
  if (origin === null) return response;
  const headers = new Headers(response.headers);
  headers.set('access-control-allow-origin', origin);
  headers.set('access-control-expose-headers', EXPOSED);
  headers.append('vary', 'Origin');
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
