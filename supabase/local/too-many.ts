export const TOO_MANY = 'Too many requests. Wait a moment and try again.';

/** The answer to whoever asks faster than they are answered; `seconds` until it is worth asking again. */
export function tooMany(seconds: number): Response {
  const body = { code: 429, error_code: 'over_request_rate_limit', msg: TOO_MANY, message: TOO_MANY };
  return Response.json(body, { status: 429, headers: { 'retry-after': String(seconds) } });
}
