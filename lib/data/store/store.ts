import { type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';
import { type Tables, upgrade, VERSION } from './schema.ts';

export type TableName =
  | 'facts'
  | 'chats'
  | 'messages'
  | 'members'
  | 'people'
  | 'outbox'
  | 'drafts'
  | 'avatars'
  | 'uploads'
  | 'parts'
  | 'shares';
export type WriteTransaction<Names extends TableName> = Transaction<Names, 'readwrite'>;
type Transaction<Names extends TableName, Mode extends IDBTransactionMode> = IDBPTransaction<Tables, Names[], Mode>;

/** The local database (IndexedDB). Transactions of one store run in the order in which they were asked for. */
export interface Store {
  read<Names extends TableName, T>(
    tables: Names[],
    work: (transaction: Transaction<Names, 'readonly'>) => Promise<T>,
  ): Promise<T>;
  /** All of the work or, when it throws, nothing of it. */
  write<Names extends TableName, T>(
    tables: Names[],
    work: (transaction: Transaction<Names, 'readwrite'>) => Promise<T>,
  ): Promise<T>;
  /** For good: what comes later is refused. */
  close(): Promise<void>;
}

/** Opens at the first use, and again whenever the browser has closed the database under us. */
export function openStore(name: string): Store {
  let opening: Promise<IDBPDatabase<Tables>> | null = null;
  let closed = false;

  function open(): Promise<IDBPDatabase<Tables>> {
    if (closed) return Promise.reject(new Error('the store was closed'));
    opening ??= openDB<Tables>(name, VERSION, {
      upgrade: (db, from) => upgrade(db, from),
      // A newer version wants to upgrade: make way. The next use waits for it.
      blocking: (_current, _blocked, event) => {
        opening = null;
        (event.target as IDBDatabase).close();
      },
      terminated: () => {
        opening = null;
      },
    });
    opening.catch(() => {
      opening = null;
    });
    return opening;
  }

  async function transact<Names extends TableName, Mode extends 'readonly' | 'readwrite', T>(
    tables: Names[],
    mode: Mode,
    work: (transaction: Transaction<Names, Mode>) => Promise<T>,
  ): Promise<T> {
    const transaction = await begin(tables, mode);
    try {
      const result = await work(transaction);
      await transaction.done;
      return result;
    } catch (reason) {
      transaction.done.catch(() => {});
      abort(transaction);
      throw reason;
    }
  }

  async function begin<Names extends TableName, Mode extends 'readonly' | 'readwrite'>(tables: Names[], mode: Mode) {
    const db = await open();
    try {
      return db.transaction(tables, mode);
    } catch (reason) {
      if (!(reason instanceof DOMException && reason.name === 'InvalidStateError')) throw reason;
      opening = null;
      return (await open()).transaction(tables, mode);
    }
  }

  return {
    read: (tables, work) => transact(tables, 'readonly', work),
    write: (tables, work) => transact(tables, 'readwrite', work),
    async close() {
      closed = true;
      const opened = opening;
      opening = null;
      (await opened)?.close();
    },
  };
}

function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // It has ended by itself.
  }
}
