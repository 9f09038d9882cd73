import { canonicalUrl } from './canonical-url.ts';

/** What a document tells of the address by which it wants to be known. */
export interface Declaration {
  /** Its `rel="canonical"`, as it is written. */
  readonly declared: string | null;
  /** The address that it was loaded from; null where the browser does not say. */
  readonly loaded: string | null;
}

/**
 * What a page declares, where that is said of the page in view. Where a single-page app went on without loading, what the first page
 * declared may still stand there: then it must name this very page, by all of its path and by parameters that are in the address.
 */
export function declaredFor(address: string, { declared, loaded }: Declaration): string | null {
  if (declared === null || !URL.canParse(declared, address)) return null;
  if (loaded === null || !wentOn(loaded, address)) return declared;
  const [own, other] = [new URL(address), new URL(declared, address)];
  const names = [...other.searchParams];
  const isNamed = names.length > 0 && names.every(([name, value]) => own.searchParams.get(name) === value);
  return own.pathname === other.pathname && isNamed ? declared : null;
}

/** Whether a document shows another page than the one that was loaded. */
export function wentOn(loaded: string, address: string): boolean {
  try {
    return canonicalUrl(loaded) !== canonicalUrl(address);
  } catch {
    return false;
  }
}
