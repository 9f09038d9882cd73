/** One thing that the AI remembers of a person, in their own solo chats only. */
export interface Memory {
  readonly id: string;
  readonly body: string;
  readonly createdAt: string;
}

export interface Memories {
  /** Whether the AI reads them. */
  readonly on: boolean;
  /** The newest first. */
  readonly list: readonly Memory[];
}

export const MAX_MEMORY_CHARACTERS = 500;
export const MAX_MEMORIES = 100;
