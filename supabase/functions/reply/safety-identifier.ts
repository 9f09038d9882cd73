/** What a model service knows of the person who is answered: a hash that it can count abuse by. */
export async function safetyIdentifier(personId: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(personId));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
