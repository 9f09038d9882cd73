/** Forms of secrets that have no place in what everybody can download. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/sb_secret_[\w-]{6,}/, 'a secret key of Supabase'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
  [/\bsk-(proj-)?[A-Za-z0-9_-]{20,}/, 'a key of a model service'],
  [/\bsbp_[a-f0-9]{30,}/, 'an access token of Supabase'],
  [/\b(gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{30,})/, 'a token of GitHub'],
  [/\bAKIA[0-9A-Z]{16}\b/, 'a key of AWS'],
  [/\bxox[abprs]-[\w-]{10,}/, 'a token of Slack'],
  [/\bpostgres(ql)?:\/\/[^\s"'`:]+:[^\s"'`@]+@/, 'the password of a database'],
];
const TOKEN = /\beyJ[\w-]+\.(eyJ[\w-]+)\.[\w-]+/g;

/** By its name, a variable of the environment that nobody else is to know. */
const SECRET_NAME = /KEY|SECRET|TOKEN|PASSWORD|CREDENTIAL/i;

/** The environment's secrets, by name; short ones could stand anywhere by chance. `shown`: values that are public whatever they are called. */
export function secretsOf(
  environment: Readonly<Record<string, string | undefined>>,
  shown: readonly string[],
): ReadonlyMap<string, string> {
  const secrets = Object.entries(environment).filter(
    (entry): entry is [string, string] =>
      SECRET_NAME.test(entry[0]) && (entry[1]?.length ?? 0) >= 12 && !shown.includes(entry[1] ?? ''),
  );
  return new Map(secrets);
}

/** What must not be in a file of a build, one sentence each. */
export function findLeaks(name: string, text: string, secrets: ReadonlyMap<string, string> = new Map()): string[] {
  const faults = SECRETS.filter(([pattern]) => pattern.test(text)).map(([, what]) => `${name} holds ${what}.`);
  if (name.endsWith('.map') || /[#@] sourceMappingURL=/.test(text))
    faults.push(`${name} is, or leads to, a source map.`);
  for (const [, claims = ''] of text.matchAll(TOKEN))
    if (/"role":"(service_role|supabase_admin|postgres)"/.test(Buffer.from(claims, 'base64url').toString()))
      faults.push(`${name} holds a token of the service role.`);
  for (const [variable, value] of secrets)
    if (text.includes(value)) faults.push(`${name} holds what ${variable} is set to.`);
  return faults;
}
