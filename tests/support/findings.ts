/** What tests find that the security report tells of. It goes along in a test's `meta`, so that the report holds what the tests saw. */
export interface Mutant {
  /** What was changed: `policy "members read …" on public.chats`. */
  readonly of: string;
  /** How: `dropped`. */
  readonly change: string;
  /** The statement or list of rights that told it from the true schema; null: a survivor. */
  readonly killedBy: string | null;
}

/** What became of hostile texts in one place of the panel. */
export interface Exposure {
  /** Where they stood: `message`, `name`. */
  readonly as: string;
  readonly texts: number;
  /** How many ran, asked a server for something, or reached out of their box. */
  readonly escaped: number;
}

/** How long one kind of hostile text kept the panel busy, one text at a time. */
export interface Stall {
  readonly kind: string;
  readonly texts: number;
  /** Longest task, in milliseconds; 0: none was longer than 50. */
  readonly longestMs: number;
  /** How many took longer than they may. */
  readonly over: number;
}

/** An attack on the AI, carried out by a model that obeys it, and whether the code held. */
export interface Attempted {
  readonly name: string;
  readonly by: 'page' | 'member';
  readonly through: string;
  readonly held: boolean;
}

declare module 'vitest' {
  interface TaskMeta {
    /** Cells of the access matrix that this test tried. */
    cells?: number;
    mutant?: Mutant;
    exposures?: readonly Exposure[];
    stall?: Stall;
    attempted?: Attempted;
  }
}
