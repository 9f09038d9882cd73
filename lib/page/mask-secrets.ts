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
  const found: FoundSecret[] = [];
  for (const pattern of SECRET_PATTERNS) {
    for (const secret of matchesOf(text, pattern)) {
      if (!found.some(({ start, end }) => secret.start < end && start < secret.end)) found.push(secret);
    }
  }
  return found.sort((a, b) => a.start - b.start);
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
