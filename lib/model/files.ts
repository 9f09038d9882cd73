import type { Failure } from './failure.ts';

/** What a file may hold, in bytes. */
export const MAX_FILE_BYTES = 25 * 1024 * 1024;
export const MAX_FILE_MEGABYTES = MAX_FILE_BYTES / 1024 / 1024;

/** How many files go with one message. */
export const MAX_FILES = 10;

/** Bytes of a file come to the hub in parts of this size; a port carries no larger words well. */
export const PART_BYTES = 512 * 1024;

/** A file before it is one of a message's attachments. */
export interface FileFacts {
  readonly id: string;
  readonly name: string;
  /** By its bytes, not by its name. */
  readonly contentType: string;
  /** In bytes. */
  readonly size: number;
  /** In pixels, for pictures. */
  readonly width: number | null;
  readonly height: number | null;
  readonly hasThumbnail: boolean;
}

export type FileState =
  /** Its bytes are on their way, or wait for the connection; so many have arrived. */
  | { readonly name: 'uploading'; readonly sent: number }
  | { readonly name: 'ready' }
  | { readonly name: 'failed'; readonly failure: Failure };

/** A file that was added to the message being written. */
export interface StagedFile extends FileFacts {
  readonly state: FileState;
}

/** Whose bytes are wanted. */
export interface AttachmentPlace {
  readonly chatId: string;
  readonly id: string;
  readonly part: 'file' | 'thumbnail';
}
