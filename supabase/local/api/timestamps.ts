/** `2026-11-23 11:07:24.5+00`, as Postgres writes it, in PostgREST's form `2026-11-23T11:07:24.5+00:00`. */
export function postgrestTimestamp(text: string): string {
  return text.replace(' ', 'T').replace(/([+-]\d{2})$/, '$1:00');
}
