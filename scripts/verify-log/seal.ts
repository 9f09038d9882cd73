import { createHash } from 'node:crypto';

/** The seal of a row, as supabase/migrations/20261127003610_audit_chain.sql describes it: SHA-256 of all but `hash`, as canonical JSON. */
export function sealOf({ hash: _, ...entry }: Readonly<Record<string, unknown>>): string {
  return createHash('sha256').update(canonicalJson(entry)).digest('hex');
}

/** JSON in the form of RFC 8785. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join()}}`;
}
