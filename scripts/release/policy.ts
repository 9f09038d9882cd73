/** What of a manifest says what the extension's pages load, and who talks to it. */
export interface Policed {
  readonly content_security_policy?: { readonly extension_pages?: string; readonly sandbox?: string } | string;
}

/** Keys by which a manifest lets others in, or changes more of the browser than a panel. None of them is asked for as a permission. */
const DOORS = [
  'externally_connectable',
  'sandbox',
  'devtools_page',
  'chrome_url_overrides',
  'chrome_settings_overrides',
  'declarative_net_request',
  'user_scripts',
  'oauth2',
  'background_page',
];

/** What is wrong with the policy and the doors of a manifest, one sentence each. `backend`: the only origin that pages may reach. */
export function findPolicyFaults(manifest: Policed & object, backend: string): string[] {
  const faults = DOORS.filter((key) => key in manifest).map(
    (key) => `The manifest has "${key}", which nothing here needs.`,
  );
  const given = manifest.content_security_policy;
  const policy = typeof given === 'object' ? (given.extension_pages ?? '') : '';
  const directives = new Map(
    policy.split(/;\s*/).map((each) => [each.split(' ')[0], each.split(' ').slice(1).join(' ')]),
  );
  const unsafe = /unsafe|\*|strict-dynamic|wasm/.exec(policy)?.[0];
  if (unsafe !== undefined) faults.push(`The policy of extension pages has "${unsafe}".`);
  const wanted = {
    'default-src': "'none'",
    'script-src': "'self'",
    'connect-src': `'self' ${backend} ${backend.replace(/^http/, 'ws')}`,
    'base-uri': "'none'",
    'form-action': "'none'",
  };
  for (const [name, value] of Object.entries(wanted))
    if (directives.get(name) !== value) faults.push(`The policy of extension pages must have ${name} ${value}.`);
  return faults;
}
