/** The header in which Supabase's own front tells the address, whatever the client sent in it. Clients can add to x-forwarded-for. */
const USUAL_HEADER = 'cf-connecting-ip';

const UNKNOWN = 'unknown';

/**
 * From where a request comes: an IPv4 address, or the network of an IPv6 one, because every home has a whole one. All whose address
 * is missing count as one. `header` is the one that the deployment's front sets, and overwrites when a client sends it.
 */
export function originOf(headers: Headers, header = USUAL_HEADER): string {
  // An IPv4 address may be written as one of IPv6.
  const address = (headers.get(header) ?? '').trim().replace(/^::ffff:(?=\d+\.)/i, '');
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(address)) return address;
  return networkOf(address) ?? UNKNOWN;
}

/** The first 64 bits of an IPv6 address as four groups; null when it is none. */
function networkOf(address: string): string | null {
  if (!/^[0-9a-f:.]+$/i.test(address) || !URL.canParse(`http://[${address}]`)) return null;
  // The one way to write it that URLs have.
  const [before = [], after] = new URL(`http://[${address}]`).hostname
    .slice(1, -1)
    .split('::')
    .map((part) => part.split(':').filter((group) => group !== ''));
  const left = after === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...left, ...(after ?? [])].slice(0, 4).join(':');
}

/** Stands for an origin where it may not be kept: the same for the same, and nobody without the key can tell it by trying all. */
export async function sealOrigin(origin: string, key: string): Promise<string> {
  const encoder = new TextEncoder();
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', encoder.encode(key), hmac, false, ['sign']);
  const seal = await crypto.subtle.sign(hmac.name, imported, encoder.encode(`origin of a request: ${origin}`));
  return Array.from(new Uint8Array(seal), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
