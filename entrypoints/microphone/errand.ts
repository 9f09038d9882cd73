/** What the background opens this page for, as it stands in the fragment: `#record:<session>`. */
export type Errand =
  /** Record at once: the document is offscreen, or a window that records by itself. */
  | { readonly name: 'record'; readonly session: string }
  /** Ask the person; recording is done elsewhere. */
  | { readonly name: 'ask'; readonly session: string }
  /** Show how the microphone is allowed. */
  | { readonly name: 'help'; readonly session: null };

export function readErrand(fragment: string): Errand {
  const [name, session] = fragment.slice(1).split(':', 2);
  if (session !== undefined && (name === 'record' || name === 'ask')) return { name, session };
  return { name: 'help', session: null };
}

export function writeErrand(errand: Errand): string {
  return errand.session === null ? `#${errand.name}` : `#${errand.name}:${errand.session}`;
}

/** What only the background hears from this page: the person said yes. */
export interface Granted {
  readonly type: 'granted';
}
