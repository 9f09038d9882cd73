import { refusalOf, refuse, refuseFor } from './answers.ts';
import { corsHeaders } from './cors.ts';
import { type Log, logUnexpected } from './log.ts';
import { TooManyCalls } from './throttle.ts';

export interface ServeOptions {
  readonly log: Log;
  /** Web origins besides the extension's that may call, separated by commas. */
  readonly origins?: string | undefined;
}

/** What every function does around its handler: preflight, POST only, CORS, expected refusals, and no word of an unexpected error. */
export function serve(
  handle: (request: Request) => Promise<Response>,
  { log, origins }: ServeOptions,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const response = await respond(request, handle, log);
    for (const [name, value] of Object.entries(corsHeaders(request.headers.get('origin'), origins))) {
      response.headers.set(name, value);
    }
    return response;
  };
}

async function respond(request: Request, handle: (request: Request) => Promise<Response>, log: Log): Promise<Response> {
  if (request.method === 'OPTIONS') return new Response(null, { status: 204 });
  if (request.method !== 'POST') return refuse('method', 'only POST is answered');
  try {
    return await handle(request);
  } catch (error) {
    if (error instanceof TooManyCalls) return refuseFor(error.retryAfter, error.message);
    const refusal = refusalOf(error);
    if (refusal) return refusal;
    logUnexpected(log, error);
    return refuse('unknown', 'something went wrong here');
  }
}
