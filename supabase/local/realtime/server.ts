import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { createAuthoriser } from './authorise.ts';
import { createCallers } from './callers.ts';
import { createTokenVerifier } from './claims.ts';
import { type Connection, serveConnection } from './connection.ts';
import { createPool } from './database.ts';
import type { Desk } from './desk.ts';
import { limits } from './limits.ts';
import { keepPartitions } from './partitions.ts';
import { handleRest } from './rest.ts';
import { toStoredBroadcast } from './stored-broadcast.ts';
import { createTopics } from './topics.ts';
import { readOpening, refuseUpgrade } from './upgrade.ts';
import { startWalReader } from './wal.ts';

export interface RealtimeOptions {
  /** Postgres as superuser: for replication and for asking policies under another role. */
  readonly adminUrl: string;
  readonly jwtSecret: string;
  readonly publishableKey: string;
  readonly secretKey: string;
  /** Gets one line per notable event, never a payload or a token. */
  readonly log: (line: string) => void;
  readonly signal?: AbortSignal;
}

export interface Realtime {
  /** Serves a websocket at a path that ends with `/websocket`; refuses everything else with an HTTP answer. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Serves `…/api/broadcast` and `…/api/broadcast/{topic}/events/{event}`. */
  handleHttp(request: Request): Promise<Response>;
  /** Ends every connection, then leaves Postgres. May be called again. */
  stop(): Promise<void>;
}

/**
 * A Realtime server for one machine: the protocol of hosted projects for private channels, with broadcast (from the database,
 * from clients, by REST), presence and replay. Not offered: public channels, postgres_changes, stored client broadcasts, quotas.
 * Rejects when Postgres cannot be reached or has no `realtime` schema; afterwards it outlives restarts of Postgres.
 */
export async function createRealtime(options: RealtimeOptions): Promise<Realtime> {
  const { adminUrl, log, signal } = options;
  const topics = createTopics();
  const pool = createPool(adminUrl, log);
  const connections = new Set<Connection>();
  const wal = await startWalReader({ adminUrl, log, onInsert: deliver }).catch(abandon);
  const stopPartitions = await keepPartitions(pool, log).catch(async (error) => {
    await wal.stop();
    return abandon(error);
  });
  const callers = createCallers({ ...options, verifier: createTokenVerifier(options) });
  const desk: Desk = { pool, callers, authoriser: createAuthoriser({ pool, log }), topics, wal, log };
  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.frameBytes, perMessageDeflate: false });
  let stopped: Promise<void> | undefined;
  signal?.addEventListener('abort', () => void stop(), { once: true });

  return {
    handleUpgrade(request, socket, head) {
      const opening =
        stopped !== undefined
          ? ({ status: 503, error: 'Realtime is stopping' } as const)
          : readOpening(request, callers);
      if ('error' in opening) return refuseUpgrade(socket, opening);
      sockets.handleUpgrade(request, socket, head, (websocket) => {
        const connection = serveConnection(desk, opening.visit, opening.version, websocket);
        connections.add(connection);
        websocket.once('close', () => connections.delete(connection));
      });
    },
    handleHttp: (request) => handleRest(desk, request),
    stop,
  };

  function deliver(row: Parameters<typeof toStoredBroadcast>[0]): void {
    const stored = toStoredBroadcast(row);
    if (!stored?.private) return;
    if (!topics.deliver(stored.topic, stored.broadcast)) log('realtime: a broadcast of the database was too large');
  }

  async function abandon(error: unknown): Promise<never> {
    await pool.end();
    throw error;
  }

  function stop(): Promise<void> {
    stopped ??= stopAll();
    return stopped;
  }

  async function stopAll(): Promise<void> {
    stopPartitions();
    await Promise.all([wal.stop(), ...[...connections].map((connection) => connection.stop())]);
    await pool.end();
  }
}
