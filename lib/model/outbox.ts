import type { MessageTarget } from './chat.ts';
import type { Failure } from './failure.ts';
import type { FileFacts } from './files.ts';
import type { Share } from './share.ts';

/** What became of an entry: pending → sending → (gone, once its message is stored) | failed. Offline or a time-out leads back to pending. */
export type OutboxState =
  | { readonly name: 'pending'; readonly attempts: number }
  | { readonly name: 'sending'; readonly attempts: number }
  | { readonly name: 'failed'; readonly failure: Failure };

/** A message on its way. It keeps its id as a message, so sending it twice is one row. */
export interface OutboxEntry {
  readonly id: string;
  readonly chatId: string;
  readonly body: string;
  readonly target: MessageTarget;
  readonly replyTo: string | null;
  /** Stored here until the message is there. */
  readonly files: readonly FileFacts[];
  /** Stored here whole until the message is there. */
  readonly shares: readonly Share[];
  readonly createdAt: string;
  readonly state: OutboxState;
}
