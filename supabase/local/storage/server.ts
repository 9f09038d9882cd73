import { join } from 'node:path';
import { Hono } from 'hono';
import * as v from 'valibot';
import { openDatabase } from './database.ts';
import { fromDatabaseError, StorageFailure } from './failure.ts';
import { openFiles } from './files.ts';
import { openPartials } from './partials.ts';
import { routeBuckets } from './routes-buckets.ts';
import { routeFiles } from './routes-files.ts';
import { routeResumable } from './routes-resumable.ts';
import { routeSigned } from './routes-signed.ts';
import { createSigner } from './signing.ts';
import { sweepOrphans } from './sweep.ts';

export interface StorageOptions {
  /** A superuser's connection: each request takes on its caller's role from there. */
  readonly adminUrl: string;
  /** Where the bytes lie; made when missing. */
  readonly dataDir: string;
  readonly jwtSecret: string;
  readonly publishableKey: string;
  readonly secretKey: string;
  readonly log?: (line: string) => void;
}

export interface StorageServer {
  /** Answers everything below /storage/v1; never rejects. */
  fetch(request: Request): Promise<Response>;
  stop(): Promise<void>;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The calls of supabase-js's storage client that the product uses, with the policies on storage.objects really evaluated. */
export function createStorage(options: StorageOptions): StorageServer {
  const { log = () => undefined } = options;
  const context = {
    database: openDatabase(options.adminUrl),
    files: openFiles(options.dataDir),
    signer: createSigner(options.jwtSecret),
  };
  const partials = openPartials(join(options.dataDir, 'partials'));
  const keys = { ...options, jwtSecret: new TextEncoder().encode(options.jwtSecret) };
  const app = new Hono()
    .basePath('/storage/v1')
    .route('/bucket', routeBuckets(context, keys))
    .route('/object', routeSigned(context, keys))
    .route('/object', routeFiles(context, keys))
    .route('/upload/resumable', routeResumable(context, keys, partials))
    .notFound(() => new StorageFailure('NoSuchRoute', 'Route not found').toResponse())
    .onError((error) => {
      const failure = classify(error);
      if (failure.code === 'InternalError') log(`storage: ${describe(error)}`);
      return failure.toResponse();
    });

  const sweep = () => {
    Promise.all([sweepOrphans(context, Date.now() - HOUR), partials.removeOld(Date.now() - DAY)]).catch(
      (error: unknown) => log(`storage: sweep failed: ${describe(error)}`),
    );
  };
  const timer = setInterval(sweep, 6 * HOUR);
  timer.unref();
  sweep();

  return {
    fetch: async (request) => app.fetch(request),
    async stop() {
      clearInterval(timer);
      await context.database.stop();
    },
  };
}

function classify(error: unknown): StorageFailure {
  const known =
    error instanceof v.ValiError ? new StorageFailure('InvalidRequest', error.message) : fromDatabaseError(error);
  return known instanceof StorageFailure
    ? known
    : new StorageFailure('InternalError', 'Internal server error', { cause: error });
}

/** Class, code and place: the message of an unexpected error may quote what a person sent. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error ? ` ${String(error.code)}` : '';
  const place = (error.stack ?? '').split('\n').find((line) => /^\s+at /.test(line));
  return `${error.name}${code}${place === undefined ? '' : ` ${place.trim()}`}`;
}
