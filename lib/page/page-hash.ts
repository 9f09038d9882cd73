/** Hex SHA-256 of the salt and the page's canonical address: what two people compare who do not want to name their page. */
export async function pageHash(url: string, salt: string): Promise<string> {
  const bytes = new TextEncoder().encode(salt + url);
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
