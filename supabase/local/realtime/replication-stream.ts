import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { Client, type Connection, type Submittable } from 'pg';
import { limits } from './limits.ts';

const PUBLICATION = 'supabase_realtime_messages_publication';
const SLOT = 'supabase_realtime_messages_replication_slot';

/**
 * Opens a replication connection with a slot of its own, and resolves when the stream runs: to a promise of its end, whether
 * by the signal, by the server, or by an error. The slot is TEMPORARY: it dies with the connection, so a server that is gone
 * never makes Postgres keep WAL; what is committed while no stream is open is never seen.
 * Rejects when Postgres is away or refuses (for example because wal_level is not logical).
 */
export async function openReplicationStream(
  adminUrl: string,
  onMessage: (message: Buffer) => void,
  signal: AbortSignal,
): Promise<{ ended: Promise<Error | null> }> {
  const socket = new Socket();
  const client = new Client({
    connectionString: replicationUrl(adminUrl),
    connectionTimeoutMillis: limits.query,
    keepAlive: true,
    stream: () => socket,
  });
  // Told through the query in flight as well, which is the one that is awaited.
  client.on('error', () => {});
  let connected = false;
  // A client that is told to end while it connects would leave the connecting unsettled for ever.
  const end = () => (connected ? client.end() : socket.destroy());
  signal.addEventListener('abort', end, { once: true });
  try {
    await client.connect();
    connected = true;
    // Replication commands are words in capitals only.
    const slot = `${SLOT}_${randomBytes(4).toString('hex')}`;
    await client.query(`CREATE_REPLICATION_SLOT ${slot} TEMPORARY LOGICAL pgoutput NOEXPORT_SNAPSHOT`);
    const copy = new ReplicationCopy(
      `START_REPLICATION SLOT ${slot} LOGICAL 0/0 (proto_version '2', publication_names '${PUBLICATION}')`,
      onMessage,
    );
    client.query(copy);
    await Promise.race([copy.started, copy.ended.then(failUnstarted)]);
    return { ended: copy.ended.then((error) => close().then(() => error)) };
  } catch (error) {
    await close();
    throw error;
  }

  async function close(): Promise<void> {
    signal.removeEventListener('abort', end);
    await client.end();
  }
}

function replicationUrl(adminUrl: string): string {
  const url = new URL(adminUrl);
  url.searchParams.set('replication', 'database');
  url.searchParams.set('application_name', 'sideroom realtime replication');
  return url.href;
}

function failUnstarted(error: Error | null): never {
  throw error ?? new Error('replication ended before it began');
}

/** pg's Connection as it is: these two members are missing from its types. */
interface CopyConnection extends Connection {
  sendCopyFromChunk(chunk: Buffer): void;
}

/** The query that never ends: pg hands it every chunk of the stream. */
class ReplicationCopy implements Submittable {
  readonly started: Promise<void>;
  readonly ended: Promise<Error | null>;
  readonly #statement: string;
  readonly #onMessage: (message: Buffer) => void;
  readonly #start: PromiseWithResolvers<void> = Promise.withResolvers();
  readonly #end: PromiseWithResolvers<Error | null> = Promise.withResolvers();

  constructor(statement: string, onMessage: (message: Buffer) => void) {
    this.#statement = statement;
    this.#onMessage = onMessage;
    this.started = this.#start.promise;
    this.ended = this.#end.promise;
  }

  submit(connection: Connection): void {
    void once(connection, 'replicationStart').then(() => this.#start.resolve());
    connection.query(this.#statement);
  }

  handleCopyData({ chunk }: { chunk: Buffer }, connection: CopyConnection): void {
    const kind = chunk.toString('latin1', 0, 1);
    if (kind === 'w') this.#onMessage(chunk.subarray(25));
    if (kind === 'k') connection.sendCopyFromChunk(standbyStatus(chunk.readBigUInt64BE(1)));
  }

  handleError(error: Error): void {
    this.#end.resolve(error);
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.#end.resolve(null);
  }
}

/**
 * "Written, flushed and applied up to here." Every keep-alive is answered, with exactly the position it names: a walsender
 * that is shutting down waits until the two are equal.
 */
function standbyStatus(position: bigint): Buffer {
  const status = Buffer.alloc(34);
  status.write('r', 'latin1');
  for (const offset of [1, 9, 17]) status.writeBigUInt64BE(position, offset);
  const microsecondsSince2000 = BigInt(Date.now() - Date.UTC(2000, 0, 1)) * 1000n;
  status.writeBigInt64BE(microsecondsSince2000, 25);
  return status;
}
