import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { servePages } from '../../supabase/local/gateway/pages.ts';
import { claimPort } from '../../supabase/local/postgres/port.ts';
import { startStack } from '../../supabase/local/stack.ts';
import { ROOT } from '../command/project.ts';
import { EXTENSION_ID } from '../extension-identity.ts';
import type { DataFolder } from './data-folder.ts';
import { StartError } from './failure.ts';
import type { Greeting } from './greeting.ts';
import { openProject } from './supabase-project.ts';

const WEB_FOLDER = join(ROOT, '.output', 'web');

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
    webFolder: WEB_FOLDER,
    extensionOrigins: [`chrome-extension://${EXTENSION_ID}`],
    env: process.env,
    log: (line) => say(line),
  }).catch(explainPort);
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

/** A given project. Only the pages are served here: a project serves none, and invite links must lead somewhere. */
export async function useProject(
  given: { readonly url: string; readonly key: string },
  port: number,
  signal: AbortSignal,
): Promise<Backend> {
  const { url, publishableKey } = await openProject(given, signal);
  const pagesPort = await claimPort(port, 'the pages').catch(explainPort);
  const { promise: listening, resolve, reject } = Promise.withResolvers<unknown>();
  const pages = serve(
    {
      fetch: servePages({ mails: () => [], webFolder: WEB_FOLDER, backend: url }).fetch,
      hostname: '127.0.0.1',
      port: pagesPort,
    },
    resolve,
  );
  pages.once('error', reject);
  await listening;
  return {
    supabaseUrl: url,
    publishableKey,
    pagesUrl: `http://127.0.0.1:${pagesPort}`,
    embedded: null,
    stop: () => new Promise((done) => pages.close(() => done())),
  };
}

/** A taken port is for the person to settle; anything else is not expected. */
function explainPort(error: unknown): never {
  const taken = error instanceof Error && (error.cause as NodeJS.ErrnoException | undefined)?.code === 'EADDRINUSE';
  throw taken ? new StartError(`${error.message} \`npm start -- --port N\` does.`, { cause: error }) : error;
}
