/**
 * How a model service knows a person: a hash of their id that it can count abuse by and that leads nowhere. For the parameter
 * `safety_identifier` where a request has one.
 */
export async function safetyIdentifier(personId: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(personId));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The same where requests have no such parameter (moderation, transcription). These keep nothing, so there is no `store` to turn off. */
export async function safetyHeaders(personId: string): Promise<Record<string, string>> {
  return { 'OpenAI-Safety-Identifier': await safetyIdentifier(personId) };
}
