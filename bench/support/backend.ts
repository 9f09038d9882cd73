import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../../tests/support/folders.ts';
import type { BenchContext } from './bench.ts';

export type Backend = Pick<BenchContext, 'url' | 'publishableKey' | 'secretKey' | 'adminUrl' | 'model'>;

/** A whole backend in a process of its own, with data that are gone afterwards. */
export async function startBackend(): Promise<{ readonly backend: Backend; stop(): Promise<void> }> {
  const folder = temporaryFolder();
  const child = fork(fileURLToPath(new URL('stack-child.ts', import.meta.url)), [folder.path]);
  const [backend] = (await once(child, 'message')) as [Backend];
  return {
    backend,
    async stop() {
      child.disconnect();
      await once(child, 'exit');
      folder.remove();
    },
  };
}
