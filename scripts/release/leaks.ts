/** Forms of secrets that have no place in what everybody can download. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/sb_secret_[\w-]{6,}/, 'a secret key of Supabase'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
  [/\bsk-(proj-)?[A-Za-z0-9_-]{20,}/, 'a key of a model service'],
  [/\bpostgres(ql)?:\/\/[^\s"'`:]+:[^\s"'`@]+@/, 'the password of a database'],
];
const TOKEN = /\beyJ[\w-]+\.(eyJ[\w-]+)\.[\w-]+/g;

/** What must not be in a file of a build, one sentence each. */
export function findLeaks(name: string, text: string): string[] {
  const faults = SECRETS.filter(([pattern]) => pattern.test(text)).map(([, what]) => `${name} holds ${what}.`);
  if (name.endsWith('.map') || /[#@] sourceMappingURL=/.test(text))
    faults.push(`${name} is, or leads to, a source map.`);
  for (const [, claims = ''] of text.matchAll(TOKEN))
    if (/"role":"(service_role|supabase_admin|postgres)"/.test(Buffer.from(claims, 'base64url').toString()))
      faults.push(`${name} holds a token of the service role.`);
  return faults;
}
