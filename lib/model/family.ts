/** Who looks after the account of somebody under 18. */

/** A face as the other side of a link sees it. */
export interface Relative {
  readonly id: string;
  readonly displayName: string;
  readonly username: string;
}

/** One link, with the other one's name. */
export interface Guardianship extends Relative {
  /** What this person is in it. */
  readonly role: 'guardian' | 'minor';
  /** The guardian has turned the minor's group chats off. */
  readonly groupsOff: boolean;
  readonly createdAt: string;
}

export interface Family {
  /** Whether this person is under 18. Theirs alone to see, and their guardians'. */
  readonly minor: boolean;
  readonly links: readonly Guardianship[];
}

export interface GuardianCode {
  readonly code: string;
  readonly expiresAt: string;
}

/** Longer texts are no code: ten letters and digits, and what people write between them. */
export const MAX_CODE_CHARACTERS = 40;

/** Who has this person's group chats turned off; null: nobody. */
export function whoTurnedOff(family: Family | null): Guardianship | null {
  return family?.links.find(({ role, groupsOff }) => role === 'minor' && groupsOff) ?? null;
}
