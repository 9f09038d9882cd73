import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createApi, type Mail } from './api/api.ts';
import { prepareDatabase } from './database/prepare.ts';
import { type Functions, startFunctions } from './functions.ts';
import { startGateway } from './gateway.ts';
import { type Keys, loadKeys } from './keys.ts';
import { codeIn } from './mail-page.ts';
import type { ChosenModel } from './model.ts';
import { claimPort } from './postgres/port.ts';
import { startPostgres } from './postgres/postgres.ts';
import { createRealtime } from './realtime/server.ts';
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
  /** Origins of extensions that may call, such as `chrome-extension://<id>`. */
  readonly extensionOrigins?: readonly string[];
  /** Settings of the AI: OPENAI_API_KEY and the like. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** False leaves the functions and the AI out. */
  readonly functions?: boolean;
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
  /** Mails that would have been sent, newest first. */
  mails(): Mail[];
  /** The newest code mailed to an address, or null. */
  latestCode(address: string): string | null;
  readonly model: ChosenModel | null;
  /** For fault tests: ends a part as a crash would (kill -9 where it is a process). */
  kill(part: Part): Promise<void>;
  /** Starts a part that was killed. */
  restart(part: Part): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a whole Supabase on loopback: Postgres, REST, Auth, Storage, Realtime, functions, and a model for the AI. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { dataDir, ports = {}, durable = false, extensionOrigins = [], env = {}, log = () => {} } = options;
  mkdirSync(dataDir, { recursive: true });
  const keys = loadKeys(dataDir);
  const port = await claimPort(ports.gateway ?? 0, 'Sideroom');
  const url = `http://127.0.0.1:${port}`;
  const started: { stop(): Promise<void> }[] = [];
  const stopAll = async () => {
    for (const part of started.splice(0).reverse()) await part.stop();
  };

  try {
    const database = await startDatabase({
      folder: join(dataDir, 'postgres'),
      port: ports.postgres ?? 0,
      durable,
      keys,
    });
    started.push(database);
    const { adminUrl, migrationUrl } = database;
    const api = createApi({ adminUrl, keys, url, jwtExpirySeconds: options.jwtExpirySeconds ?? 3600 });
    started.push(api);
    const storage = createStorage({ adminUrl, dataDir: join(dataDir, 'storage'), log, ...keys });
    started.push(storage);
    const realtime = restartable(() => createRealtime({ adminUrl, log, ...keys }));
    await realtime.start();

    const model =
      options.functions === false
        ? null
        : await (await import('./model.ts')).chooseModel({ env, port: ports.model ?? 0, log });
    if (model !== null) started.push(model);
    const functions = restartable(() =>
      startFunctions({ gatewayUrl: url, keys, port: ports.functions ?? 0, env: model?.env ?? {}, log }),
    );
    const gateway = restartable(() =>
      startGateway({
        port,
        origins: { own: url, extensions: extensionOrigins },
        api,
        storage,
        realtime: {
          handleHttp: (request) => realtime.current().handleHttp(request),
          handleUpgrade: (request, socket, head) => realtime.current().handleUpgrade(request, socket, head),
        },
        functionsUrl: () => (functions.isRunning() ? functions.current().url : null),
        isDatabaseUp: () => database.isUp() && realtime.isRunning(),
      }),
    );
    await gateway.start();
    // Realtime says goodbye to its clients while the gateway still carries it.
    started.push(gateway, realtime);
    if (model !== null) {
      await functions.start();
      started.push(functions);
      started.push(startSweeper({ adminUrl, gatewayUrl: url, secretKey: keys.secretKey, log }));
    }

    const parts = { postgres: database, gateway, realtime, functions };
    return {
      url,
      ...keys,
      adminUrl,
      migrationUrl,
      mails: () => api.mails(),
      latestCode: (address) =>
        api
          .mails()
          .filter((mail) => mail.to === address)
          .map(codeIn)[0] ?? null,
      model,
      async kill(part) {
        if (part === 'functions') killProcess(functions.current());
        else await (part === 'postgres' ? database.kill() : parts[part].stop());
      },
      async restart(part) {
        if (part === 'functions') await functions.current().ready();
        else await parts[part].start();
      },
      stop: stopAll,
    };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

/** Postgres with our schema, which can be killed and started again on the same port. */
async function startDatabase(options: { folder: string; port: number; durable: boolean; keys: Keys }) {
  const { folder, durable, keys } = options;
  const password = keys.databasePassword;
  let up = false;
  const start = async (port: number) => {
    const server = await startPostgres({ folder, port, password, durable });
    up = true;
    void server.ended.then(() => {
      up = false;
    });
    return server;
  };
  let server = await start(options.port);
  const adminUrl = server.adminUrl();
  const migrationUrl = server.migrationUrl();
  try {
    await prepareDatabase({ adminUrl, migrationUrl, password });
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    adminUrl,
    migrationUrl,
    isUp: () => up,
    async start() {
      server = await start(server.port);
    },
    kill: () => server.kill(),
    stop: () => server.stop(),
  };
}

interface Stoppable {
  stop(): Promise<void>;
}

/** A part that can be stopped and started again with the same settings. */
function restartable<T extends Stoppable>(create: () => Promise<T>) {
  let part: T | null = null;
  return {
    async start() {
      part = await create();
    },
    async stop() {
      const stopping = part;
      part = null;
      await stopping?.stop();
    },
    isRunning: () => part !== null,
    current(): T {
      if (part === null) throw new Error('this part of the stack is not running');
      return part;
    },
  };
}

/** The functions' host starts its process again by itself. */
function killProcess({ pid }: Functions): void {
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
}
