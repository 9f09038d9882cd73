import { createServiceClient } from './service-client.ts';

/** The bytes of a bucket's objects, by their names. All throw what Storage says. */
export interface Files {
  /** Copying over a copy that is there already is done already. */
  copy(from: string, to: string): Promise<void>;
  /** Null when it is not there, or has not come within the time. */
  read(name: string): Promise<Uint8Array<ArrayBuffer> | null>;
  write(name: string, bytes: Uint8Array<ArrayBuffer>, contentType: string): Promise<void>;
  /** Those that are not there are none the less gone. */
  remove(names: readonly string[]): Promise<void>;
}

const READ_TIMEOUT_MS = 10_000;

/** With the rights of the service role. */
export function openFiles(name: 'attachments' | 'avatars' = 'attachments'): Files {
  const bucket = createServiceClient().storage.from(name);
  return {
    async copy(from, to) {
      const { error } = await bucket.copy(from, to);
      if (error !== null && !isTaken(error)) throw error;
    },
    async read(name) {
      const signal = AbortSignal.timeout(READ_TIMEOUT_MS);
      const { data } = await bucket.download(name, {}, { signal });
      // The body may still break off.
      return data === null ? null : new Uint8Array(await data.arrayBuffer());
    },
    async write(name, bytes, contentType) {
      const { error } = await bucket.upload(name, bytes, { contentType });
      if (error !== null) throw error;
    },
    async remove(names) {
      if (names.length === 0) return;
      const { error } = await bucket.remove([...names]);
      if (error !== null) throw error;
    },
  };
}

function isTaken(error: object): boolean {
  return 'statusCode' in error && String(error.statusCode) === '409';
}
