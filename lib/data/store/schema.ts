import type { DBSchema, IDBPDatabase } from 'idb';
import type { ChatSummary, Member, Message, Person } from '../../model/chat.ts';
import type { FileFacts } from '../../model/files.ts';
import type { OutboxEntry } from '../../model/outbox.ts';
import type { QuietHours } from '../../model/quiet-hours.ts';
import type { WholeShare } from '../../model/share.ts';

/** Keys of the store `facts`: single values. */
export interface Facts {
  readonly session: StoredSession;
  /** Whose chats, messages and people the other stores hold. */
  readonly me: Person;
  /** Token of an invite link that was opened and not yet answered. */
  readonly intent: string;
  /** The chat that a panel showed last: the next panel opens on it. */
  readonly lastChat: string;
  /** By chat: how far its messages were considered for notifications. */
  readonly told: Readonly<Record<string, StoredTold>>;
  readonly quietHours: QuietHours;
  readonly blocked: readonly Person[];
}

export interface StoredTold {
  /** Every message up to this seq was told, or was not to be. */
  readonly seq: number;
  /** The notification that stands for this chat. */
  readonly shown: ShownNotification | null;
}

export interface ShownNotification {
  /** Of the last message that it tells of. */
  readonly seq: number;
  /** The message whose words it shows; null when it only counts. */
  readonly messageId: string | null;
}

export interface StoredSession {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** By this machine's clock, in milliseconds. */
  readonly expiresAt: number;
  readonly userId: string;
  readonly email: string;
}

export interface StoredChat {
  readonly id: string;
  readonly summary: ChatSummary;
  /** Every change up to this seq is contained in the store. */
  readonly cursor: number;
  /** Every message from this seq on, up to the cursor, is in the store; 0 when none is missing. */
  readonly floor: number;
}

export interface StoredOutboxEntry {
  /** Given by the database, rising: the order of creation. */
  readonly order?: number;
  readonly id: string;
  readonly userId: string;
  readonly entry: OutboxEntry;
}

export interface StoredDraft {
  readonly userId: string;
  readonly chatId: string;
  readonly text: string;
}

/** A file that was added to a message and has not arrived on the server as part of it. */
export interface StoredUpload extends FileFacts {
  readonly userId: string;
  readonly chatId: string;
  readonly thumbnail: ArrayBuffer | null;
  /** Where its upload goes on; null: not begun. */
  readonly url: string | null;
  /** Its bytes are on the server. */
  readonly uploaded: boolean;
  readonly storedAt: number;
}

export interface StoredPart {
  readonly fileId: string;
  readonly index: number;
  readonly bytes: ArrayBuffer;
}

/** What was shared of a page with a message that is not on the server yet. */
export interface StoredShare {
  readonly id: string;
  readonly userId: string;
  readonly chatId: string;
  readonly share: WholeShare;
  readonly storedAt: number;
}

export interface StoredAvatar {
  readonly path: string;
  readonly dataUrl: string;
  readonly storedAt: number;
}

export interface Tables extends DBSchema {
  facts: { key: keyof Facts; value: Facts[keyof Facts] };
  chats: { key: string; value: StoredChat };
  messages: { key: [string, number]; value: Message };
  members: { key: [string, string]; value: Member & { readonly chatId: string } };
  people: { key: string; value: Person };
  outbox: { key: number; value: StoredOutboxEntry; indexes: { id: string } };
  drafts: { key: [string, string]; value: StoredDraft };
  avatars: { key: string; value: StoredAvatar; indexes: { age: number } };
  uploads: { key: string; value: StoredUpload };
  parts: { key: [string, number]; value: StoredPart };
  shares: { key: string; value: StoredShare };
}

export const VERSION = 3;

/** Brings a database of any earlier version to this one, step by step. Version 0 is an empty one. */
export function upgrade(db: IDBPDatabase<Tables>, from: number): void {
  if (from < 1) {
    db.createObjectStore('facts');
    db.createObjectStore('chats', { keyPath: 'id' });
    db.createObjectStore('messages', { keyPath: ['chatId', 'seq'] });
    db.createObjectStore('members', { keyPath: ['chatId', 'id'] });
    db.createObjectStore('people', { keyPath: 'id' });
    db.createObjectStore('outbox', { keyPath: 'order', autoIncrement: true }).createIndex('id', 'id', { unique: true });
    db.createObjectStore('drafts', { keyPath: ['userId', 'chatId'] });
    db.createObjectStore('avatars', { keyPath: 'path' }).createIndex('age', 'storedAt');
  }
  if (from < 2) {
    db.createObjectStore('uploads', { keyPath: 'id' });
    db.createObjectStore('parts', { keyPath: ['fileId', 'index'] });
  }
  if (from < 3) db.createObjectStore('shares', { keyPath: 'id' });
}
