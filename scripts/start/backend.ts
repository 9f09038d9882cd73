import { appendFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { servePages } from '../../supabase/local/gateway/pages.ts';
import { startStack } from '../../supabase/local/stack.ts';
import { EXTENSION_ID } from '../extension-identity.ts';
import type { DataFolder } from './data-folder.ts';
import { StartError } from './failure.ts';
import type { Greeting } from './greeting.ts';
import { openProject } from './supabase-project.ts';

export interface Backend {
  readonly supabaseUrl: string;
  readonly publishableKey: string;
  /** Origin of the welcome page and the join page. */
  readonly pagesUrl: string;
  readonly embedded: Greeting['embedded'];
  stop(): Promise<void>;
}

/** The embedded Supabase on the data of `folder`. */
export async function startEmbedded(port: number, folder: DataFolder): Promise<Backend> {
  writeFileSync(folder.logFile, '');
  // What is said while it starts is for the person; afterwards it would break into whatever they are doing.
  let say = (line: string) => console.log(line);
  const stack = await startStack({
    dataDir: folder.stack,
    ports: { gateway: port, postgres: port === 0 ? 0 : port + 1 },
    durable: true,
    extensionOrigins: [`chrome-extension://${EXTENSION_ID}`],
    env: process.env,
    log: (line) => say(line),
  }).catch((error: unknown) => {
    throw isPortTaken(error)
      ? new StartError(`${error.message} \`npm start -- --port N\` does.`, { cause: error })
      : error;
  });
  say = (line) => appendFileSync(folder.logFile, `${new Date().toISOString()} ${line}\n`);
  return {
    supabaseUrl: stack.url,
    publishableKey: stack.publishableKey,
    pagesUrl: stack.url,
    embedded: {
      mailUrl: `${stack.url}/mail`,
      databaseUrl: stack.migrationUrl,
      ai: stack.model?.banner ?? '',
      logFile: folder.logFile,
    },
    stop: () => stack.stop(),
  };
}

function isPortTaken(error: unknown): error is Error {
  return error instanceof Error && (error.cause as NodeJS.ErrnoException | undefined)?.code === 'EADDRINUSE';
}

/** A given project. Only the pages are served here: a project serves none, and invite links must lead somewhere. */
export async function useProject(given: { url: string; key: string }, signal: AbortSignal): Promise<Backend> {
  const { url, publishableKey } = await openProject(given, signal);
  const { promise: listening, resolve, reject } = Promise.withResolvers<AddressInfo>();
  const pages = serve({ fetch: servePages(() => []).fetch, hostname: '127.0.0.1', port: 0 }, resolve);
  pages.once('error', reject);
  const { port } = await listening;
  return {
    supabaseUrl: url,
    publishableKey,
    pagesUrl: `http://127.0.0.1:${port}`,
    embedded: null,
    stop: () => new Promise((done) => pages.close(() => done())),
  };
}
