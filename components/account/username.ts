/** The rules of the database for usernames, so that most slips are told before anything is sent. */

const MIN_USERNAME = 3;
const MAX_USERNAME = 30;
export const MAX_DISPLAY_NAME = 50;

/** Taken for addressing the AI, everybody, or the service itself. */
const RESERVED = new Set(['ai', 'sideroom', 'assistant', 'all', 'everyone', 'here', 'system', 'admin']);

/** Why this can never be a username, or null. */
export function usernameProblem(username: string): string | null {
  if (/[^a-z0-9_.]/.test(username)) return 'Use a–z, 0–9, _ and dot.';
  if (username.length < MIN_USERNAME) return `Take at least ${MIN_USERNAME} characters.`;
  if (username.length > MAX_USERNAME) return `Take at most ${MAX_USERNAME} characters.`;
  return RESERVED.has(username) ? 'This one is kept for Sideroom itself. Try another one.' : null;
}

/** What was typed, as a username would be stored. */
export function normalizeUsername(text: string): string {
  return text.trim().replace(/^@/, '').toLowerCase();
}

/** A username made of a name: `Ána María` gives `ana.maria`. Empty when the name has no Latin letters. */
export function suggestUsername(displayName: string): string {
  const plain = displayName
    .normalize('NFD')
    .toLowerCase()
    .replace(/\p{Mark}/gu, '')
    .replace(/[^a-z0-9]+/g, '.')
    .replace(/^\.+|\.+$/g, '');
  return plain.length < MIN_USERNAME ? '' : plain.slice(0, MAX_USERNAME).replace(/\.+$/, '');
}
