import { watch } from 'node:fs';
import { isListening } from './functions-announcement.ts';
import { denoCommand, functionsFolder } from './functions-command.ts';
import { claimPort } from './postgres/port.ts';
import { superviseProcess } from './supervised-process.ts';

export interface FunctionsOptions {
  /** Where the functions find the rest of the stack. */
  readonly gatewayUrl: string;
  readonly keys: { readonly publishableKey: string; readonly secretKey: string };
  /** 0 or absent: a free one. */
  readonly port?: number;
  /** Settings for the functions, such as those of the AI. They see these and the stack's own, and nothing of this process's. */
  readonly env?: Readonly<Record<string, string>>;
  /** Folder of the functions; the project's own by default. */
  readonly root?: string;
  /** The package that brings Deno: the newest one by default, `deno-hosted` is of the version that Supabase runs. */
  readonly deno?: 'deno' | 'deno-hosted';
  /** Starts anew when a file of the functions changes; replies under way are cut off and taken up again by the sweeper. */
  readonly watch?: boolean;
  readonly log?: (line: string) => void;
}

export interface Functions {
  /** The same for the whole life, also across crashes of the process behind it. */
  readonly url: string;
  readonly pid: number | undefined;
  /** Resolves once requests are taken: at once when they are. Rejects when the present start fails. */
  ready(): Promise<void>;
  /** Ends the process as a crash would, for fault tests; it comes back by itself. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

const SETTLE_MS = 100;

/**
 * Serves the functions from a Deno process with no more rights than they need. It is started anew when it dies, and ends with this
 * process however that ends. Rejects when it does not come up the first time.
 */
export async function startFunctions(options: FunctionsOptions): Promise<Functions> {
  const { log = () => undefined } = options;
  const port = await claimPort(options.port ?? 0, 'the functions');
  const command = denoCommand({ ...options, port });
  const host = superviseProcess({ command, isReady: isListening, log: (line) => log(`functions: ${line}`) });
  try {
    await host.ready();
  } catch (error) {
    await host.stop();
    throw error;
  }
  const watcher = options.watch === true ? watchFolder(functionsFolder(options), () => host.restart()) : undefined;

  return {
    url: `http://127.0.0.1:${port}`,
    get pid() {
      return host.pid;
    },
    ready: () => host.ready(),
    kill: () => host.kill(),
    async stop() {
      watcher?.stop();
      await host.stop();
    },
  };
}

/** Calls back once for each burst of changes. */
function watchFolder(folder: URL, onChange: () => Promise<void>): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(folder, { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => void onChange(), SETTLE_MS);
  });
  return {
    stop() {
      clearTimeout(timer);
      watcher.close();
    },
  };
}
