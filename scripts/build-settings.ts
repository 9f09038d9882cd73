/** What a build of the extension is made for. Comes from the environment; the defaults are those of a plain `npm start`. */
export interface BuildSettings {
  /** Origin of the Supabase project, without a trailing slash. */
  readonly supabaseUrl: string;
  /** Publishable key: public by nature, the rights lie in the policies. */
  readonly publishableKey: string;
  /** Page to which invite links lead; the token is appended as fragment. */
  readonly joinUrl: string;
  /** Match pattern of that page, for the one static content script. Patterns know no port. */
  readonly joinPattern: string;
  /** Development inbox for sign-in codes; null where real mail is sent. */
  readonly mailUrl: string | null;
}

/** Where the embedded stack answers unless told otherwise. */
export const DEFAULT_ORIGIN = 'http://127.0.0.1:54421';

/** Reads SIDEROOM_SUPABASE_URL, SIDEROOM_SUPABASE_KEY, SIDEROOM_JOIN_ORIGIN and SIDEROOM_MAIL_URL. Throws with a sentence when a URL is not one. */
export function readBuildSettings(env: Record<string, string | undefined>): BuildSettings {
  const supabaseUrl = readOrigin('SIDEROOM_SUPABASE_URL', env.SIDEROOM_SUPABASE_URL ?? DEFAULT_ORIGIN);
  const joinOrigin = readOrigin('SIDEROOM_JOIN_ORIGIN', env.SIDEROOM_JOIN_ORIGIN ?? supabaseUrl);
  const { protocol, hostname } = new URL(joinOrigin);
  return {
    supabaseUrl,
    publishableKey: env.SIDEROOM_SUPABASE_KEY ?? '',
    joinUrl: `${joinOrigin}/join`,
    joinPattern: `${protocol}//${hostname}/join*`,
    mailUrl: env.SIDEROOM_MAIL_URL || null,
  };
}

function readOrigin(name: string, value: string): string {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new Error(`${name} must be an address such as https://abc.supabase.co, but it is "${value}".`);
  }
  return url.origin;
}
