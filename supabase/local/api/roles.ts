import { decodeJwt } from 'jose';

const ROLES = new Set<unknown>(['anon', 'authenticated', 'service_role']);

/**
 * Refuses a token of any role but the API's three. lite becomes whatever role a rightly signed token names, `postgres` included.
 * Null: the request may pass. The signature is lite's to check.
 */
export function refuseForeignRole(request: Request): Response | null {
  const token = /^Bearer\s+([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  if (token === undefined) return null;
  try {
    const { role } = decodeJwt(token);
    if (ROLES.has(role)) return null;
  } catch {
    // Not a token at all: falls to the refusal.
  }
  return Response.json(
    { code: 'PGRST301', message: 'JWT role is not allowed', details: null, hint: null },
    { status: 401 },
  );
}
