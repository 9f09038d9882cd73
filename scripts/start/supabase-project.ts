import { StartError } from './failure.ts';

const PATIENCE_MS = 10_000;

export interface Project {
  /** Origin, without a trailing slash. */
  readonly url: string;
  readonly publishableKey: string;
}

/**
 * The given Supabase project, once it has answered with this key and has our tables. Rejects with a StartError otherwise, and when
 * the key is one that must not leave a server.
 */
export async function openProject(
  given: { readonly url: string; readonly key: string },
  signal: AbortSignal,
): Promise<Project> {
  const url = readUrl(given.url);
  const publishableKey = readKey(given.key);
  const ask = (path: string) => request(`${url}${path}`, publishableKey, signal);

  const settings = await ask('/auth/v1/settings');
  if (settings.status === 401 || settings.status === 403) throw new StartError(`${url} refuses this key.`);
  if (!settings.ok)
    throw new StartError(`${url} does not answer as a Supabase project does (HTTP ${settings.status}).`);
  const table = await ask('/rest/v1/chats?select=id&limit=0');
  if (table.status === 404) {
    throw new StartError(`${url} has no tables of Sideroom yet. Link the project and run \`npx supabase db push\`.`);
  }
  return { url, publishableKey };
}

function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^https?:$/.test(url.protocol)) return url.origin;
  throw new StartError(`--supabase takes an address such as https://abc.supabase.co, not "${text}".`);
}

/** Whoever has the extension has the key in it, so only the kind made for that is accepted. */
function readKey(key: string): string {
  const role = key.startsWith('sb_') ? /^sb_([a-z]+)_/.exec(key)?.[1] : roleOf(key);
  if (role === 'publishable' || role === 'anon') return key;
  if (role === 'secret' || role === 'service_role') {
    throw new StartError(
      'This is a secret key, which opens everything. Give the publishable one: it goes into the extension.',
    );
  }
  throw new StartError('--key takes a publishable key (sb_publishable_… or the older anon key).');
}

/** The role that an older key, a JWT, is for. */
function roleOf(key: string): unknown {
  const payload = /^[\w-]+\.([\w-]+)\.[\w-]+$/.exec(key)?.[1];
  if (payload === undefined) return undefined;
  try {
    return (JSON.parse(Buffer.from(payload, 'base64url').toString()) as { role?: unknown }).role;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function request(url: string, apikey: string, signal: AbortSignal): Promise<Response> {
  try {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
    return await fetch(url, { headers: { apikey }, signal: patience });
  } catch (cause) {
    throw new StartError(`${new URL(url).origin} does not answer.`, { cause });
  }
}
