export const UNAVAILABLE = 'The server is starting or restarting. Try again in a moment.';

/** The answer while the part that is asked for is away. */
export function unavailable(): Response {
  const body = { code: 'unavailable', message: UNAVAILABLE, details: null, hint: null };
  return Response.json(body, { status: 503, headers: { 'retry-after': '1' } });
}
