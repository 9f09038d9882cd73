export type TextPart = { readonly text: string; readonly href?: string };

/** Up to the next space; what ends a sentence rather than an address is cut off afterwards. */
const ADDRESS = /\bhttps?:\/\/[^\s<>"'`]+/gi;

/** Splits text into plain parts and web addresses. Everything else (other schemes, markup, bare host names) stays plain text. */
export function linkify(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimAddress(match[0]);
    if (!isPlainAddress(address)) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push({ text: address, href: address });
    end = match.index + address.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

/** Without the full stop, quote or bracket of the sentence around it. A closing bracket stays when its opening one is inside. */
function trimAddress(address: string): string {
  let trimmed = address;
  for (;;) {
    const next = trimmed.replace(/[.,;:!?*_~’”»…]+$/u, '');
    const last = next.at(-1) ?? '';
    const open = { ')': '(', ']': '[', '}': '{' }[last];
    const isUnmatched = open !== undefined && next.split(last).length > next.split(open).length;
    const shorter = isUnmatched ? next.slice(0, -1) : next;
    if (shorter === trimmed) return trimmed;
    trimmed = shorter;
  }
}

/** An address with a user name in front (`https://bank.example@evil.example`) only pretends to lead somewhere. */
function isPlainAddress(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url !== null && url.username === '' && url.password === '' && url.hostname !== '';
}
