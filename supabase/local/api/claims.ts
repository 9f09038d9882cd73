import { decodeJwt, SignJWT } from 'jose';

interface Session {
  readonly access_token: string;
  readonly user: { readonly app_metadata?: unknown; readonly user_metadata?: unknown; readonly phone?: string };
}

/** Adds the claims that hosted tokens carry and lite's lack to the token of a session. Other answers pass unchanged. */
export async function completeClaims(
  response: Response,
  context: { issuer: string; jwtSecret: string; method: string },
): Promise<Response> {
  if (!response.ok || !response.headers.get('content-type')?.includes('json')) return response;
  const body: unknown = await response.json();
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  if (!isSession(body)) return Response.json(body, { status: response.status, headers });
  const claims = decodeJwt(body.access_token);
  const token = await new SignJWT({
    ...claims,
    iss: context.issuer,
    phone: body.user.phone ?? '',
    app_metadata: body.user.app_metadata ?? {},
    user_metadata: body.user.user_metadata ?? {},
    aal: 'aal1',
    amr: [{ method: context.method, timestamp: claims.iat ?? 0 }],
    is_anonymous: false,
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .sign(new TextEncoder().encode(context.jwtSecret));
  return Response.json({ ...body, access_token: token }, { status: response.status, headers });
}

function isSession(body: unknown): body is Session {
  return (
    typeof body === 'object' &&
    body !== null &&
    'access_token' in body &&
    typeof body.access_token === 'string' &&
    'user' in body
  );
}
