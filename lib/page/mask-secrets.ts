import { SECRET_PATTERNS, type SecretKind, type SecretPattern } from './secret-patterns.ts';

export interface FoundSecret {
  readonly kind: SecretKind;
  /** UTF-16 offsets into the text as it was before. */
  readonly start: number;
  readonly end: number;
}

export interface MaskedText {
  readonly text: string;
  /** In the order of the text; none overlaps another. */
  readonly found: readonly FoundSecret[];
}

/** Stands where a secret was; as long for every one, so that its length is not told. */
export const MASKS: Readonly<Record<SecretKind, string>> = {
  key: '[key hidden]',
  token: '[token hidden]',
  password: '[password hidden]',
  email: '[e-mail hidden]',
  card: '[card number hidden]',
  iban: '[account number hidden]',
};

/**
 * The text with what looks like a secret masked. A net with holes, so the person sees what was masked and what was not; `unmasked`
 * names those (by their place in `found`) that the person wants to stay.
 */
export function maskSecrets(text: string, unmasked: ReadonlySet<number> = new Set()): MaskedText {
  const found = findSecrets(text);
  let masked = '';
  let end = 0;
  for (const [index, secret] of found.entries()) {
    masked += text.slice(end, secret.start);
    masked += unmasked.has(index) ? text.slice(secret.start, secret.end) : MASKS[secret.kind];
    end = secret.end;
  }
  return { text: masked + text.slice(end), found };
}

function findSecrets(text: string): FoundSecret[] {
  let found: FoundSecret[] = [];
  for (const pattern of SECRET_PATTERNS) {
    const free = withoutOverlaps(matchesOf(text, pattern), found);
    if (free.length > 0) found = [...found, ...free].sort((a, b) => a.start - b.start);
  }
  return found;
}

/** Those that overlap none of the others; both are in the order of the text. */
function withoutOverlaps(secrets: Iterable<FoundSecret>, others: readonly FoundSecret[]): FoundSecret[] {
  const free: FoundSecret[] = [];
  let next = 0;
  for (const secret of secrets) {
    while ((others[next]?.end ?? Number.POSITIVE_INFINITY) <= secret.start) next++;
    if ((others[next]?.start ?? Number.POSITIVE_INFINITY) >= secret.end) free.push(secret);
  }
  return free;
}

function* matchesOf(text: string, { kind, pattern, isSecret }: SecretPattern): Generator<FoundSecret> {
  for (const match of text.matchAll(pattern)) {
    const { secret, quoted, single, bare } = match.groups ?? {};
    const value = secret ?? quoted ?? single ?? bare ?? match[0];
    if (isSecret?.(value) === false) continue;
    const start = match.index + match[0].lastIndexOf(value);
    yield { kind, start, end: start + value.length };
  }
}
