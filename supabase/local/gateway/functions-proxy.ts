import { unavailable } from '../unavailable.ts';

/** Of one connection only, or made anew for the next one. */
const HOP_HEADERS = ['connection', 'host', 'keep-alive', 'transfer-encoding', 'content-length', 'accept-encoding'];

/** Where a hosted project's front writes the caller's address, over whatever the caller wrote there. */
export const ADDRESS_HEADER = 'cf-connecting-ip';

/**
 * Passes a request that came from `address` on to the functions' host at `base`, and its answer back as it comes. 503 while nothing
 * answers there.
 */
export async function callFunction(request: Request, base: string, address: string): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const headers = new Headers(request.headers);
  for (const name of HOP_HEADERS) headers.delete(name);
  headers.set(ADDRESS_HEADER, address);
  const body = request.body === null ? null : await request.arrayBuffer();
  try {
    return await fetch(`${base}${pathname}${search}`, { method: request.method, headers, body, redirect: 'manual' });
  } catch (error) {
    // How fetch says that nobody listens, or that the process died while it answered.
    if (error instanceof TypeError) return unavailable();
    throw error;
  }
}
