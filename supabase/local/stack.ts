import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createApi, type Mail } from './api/api.ts';
import { startDatabase } from './database/live-database.ts';
import { startFunctions } from './functions.ts';
import { type GatewayParts, startGateway } from './gateway/gateway.ts';
import { codeIn } from './gateway/mail-page.ts';
import { loadKeys } from './keys.ts';
import { type ChosenModel, chooseModel } from './model.ts';
import { claimPort } from './postgres/port.ts';
import { createRealtime } from './realtime/server.ts';
import { restartable } from './restartable.ts';
import { stopTogether } from './stop-together.ts';
import { createStorage } from './storage/server.ts';
import { startSweeper } from './sweeper.ts';

export interface StackOptions {
  /** Everything the stack keeps lies in this folder. */
  readonly dataDir: string;
  /** 0 or absent: any free one. */
  readonly ports?: Partial<Record<'gateway' | 'postgres' | 'functions' | 'model', number>>;
  /** True keeps what was committed through a crash of the machine. */
  readonly durable?: boolean;
  readonly jwtExpirySeconds?: number;
  /** Where the built web app lies, or will lie. */
  readonly webFolder?: string;
  /** Origins of extensions that may call, such as `chrome-extension://<id>`. */
  readonly extensionOrigins?: readonly string[];
  /** Settings of the AI: OPENAI_API_KEY and the like. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** False leaves the functions and the AI out. */
  readonly functions?: boolean;
  /** How often replies are looked for that nobody told the functions of, in milliseconds. */
  readonly sweepMs?: number;
  /** Gets one line per notable event; never what people write, nor a secret. */
  readonly log?: (line: string) => void;
}

export type Part = 'postgres' | 'gateway' | 'realtime' | 'functions';

export interface Stack {
  /** Origin of the gateway: what supabase-js takes as URL. */
  readonly url: string;
  readonly publishableKey: string;
  readonly secretKey: string;
  readonly jwtSecret: string;
  /** Connection string of the superuser. */
  readonly adminUrl: string;
  /** Connection string of the role that migrates. */
  readonly migrationUrl: string;
  /** What would have been mailed, newest first. */
  mails(): Mail[];
  /** The newest code mailed to an address, or null. */
  latestCode(address: string): string | null;
  /** Null when the functions were left out. */
  readonly model: ChosenModel | null;
  /** For fault tests: ends a part as a crash would. All but the functions stay away until they are restarted. */
  kill(part: Part): Promise<void>;
  /** Starts a part that was killed. Resolves once it serves. */
  restart(part: Part): Promise<void>;
  stop(): Promise<void>;
}

const AWAY: GatewayParts = { api: null, storage: null, realtime: null, functionsUrl: null };

/**
 * Starts a whole Supabase on loopback: Postgres, REST, Auth, Storage, Realtime, functions, and a model for the AI. A Postgres or a
 * functions' host that dies is started again. Rejects with a sentence when something is in the way, and leaves nothing running.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { stop, ...all } = stopTogether();
  try {
    return { ...(await startParts(options, all.keep)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(
  options: StackOptions,
  keep: ReturnType<typeof stopTogether>['keep'],
): Promise<Omit<Stack, 'stop'>> {
  const { dataDir, ports = {}, durable = false, extensionOrigins = [], env = {}, log = () => undefined } = options;
  const sweeps = options.sweepMs === undefined ? {} : { intervalMs: options.sweepMs };
  mkdirSync(dataDir, { recursive: true });
  const keys = loadKeys(dataDir);
  const { publishableKey, secretKey, jwtSecret, databasePassword: password } = keys;
  const port = await claimPort(ports.gateway ?? 0, 'Sideroom');
  const url = `http://127.0.0.1:${port}`;

  const postgres = { folder: join(dataDir, 'postgres'), port: ports.postgres ?? 0, password, durable, log };
  const database = keep(await startDatabase(postgres));
  const { adminUrl, migrationUrl } = database;
  const api = keep(createApi({ adminUrl, keys, url, jwtExpirySeconds: options.jwtExpirySeconds ?? 3600 }));
  const storage = keep(createStorage({ adminUrl, dataDir: join(dataDir, 'storage'), log, ...keys }));
  const model = options.functions === false ? null : keep(await chooseModel({ env, port: ports.model ?? 0, log }));

  const gateway = restartable(() =>
    startGateway({ port, parts, keys, mails: api.mails, webFolder: options.webFolder, extensionOrigins, log }),
  );
  const realtime = restartable(() => createRealtime({ adminUrl, log, ...keys }));
  const functions = restartable(() =>
    startFunctions({ gatewayUrl: url, keys, port: ports.functions ?? 0, env: model?.env ?? {}, log }),
  );
  const parts = (): GatewayParts =>
    database.isUp()
      ? { api, storage, realtime: realtime.current(), functionsUrl: functions.current()?.url ?? null }
      : AWAY;
  // Functions end their work through the gateway, and Realtime takes leave of its clients through it.
  for (const part of [gateway, realtime, functions]) keep(part);
  await realtime.start();
  await gateway.start();
  if (model !== null) {
    await functions.start();
    keep(startSweeper({ adminUrl, gatewayUrl: url, secretKey, log, ...sweeps }));
  }

  return {
    url,
    publishableKey,
    secretKey,
    jwtSecret,
    adminUrl,
    migrationUrl,
    model,
    mails: api.mails,
    latestCode: (address) =>
      api
        .mails()
        .filter(({ to }) => to === address)
        .map(codeIn)[0] ?? null,
    async kill(part) {
      if (part === 'postgres') return database.kill();
      if (part === 'gateway') return gateway.stop();
      // The host starts its process again by itself.
      if (part === 'functions') return functions.current()?.kill();
      gateway.current()?.dropSockets();
      return realtime.stop();
    },
    async restart(part) {
      if (part === 'postgres') await database.restart();
      else if (part === 'functions') await functions.current()?.ready();
      else await { gateway, realtime }[part].start();
    },
  };
}
