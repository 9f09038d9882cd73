import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';

export interface GalleryServer {
  /** Address of the gallery's page, without a query. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Builds the gallery and serves it on a free port of this machine. */
export async function serveGallery(): Promise<GalleryServer> {
  const outDir = await mkdtemp(join(tmpdir(), 'sideroom-gallery-'));
  const config = {
    configFile: false as const,
    root: fileURLToPath(new URL('.', import.meta.url)),
    logLevel: 'error' as const,
    oxc: { jsx: { runtime: 'automatic' as const, importSource: 'preact' } },
    build: { outDir, emptyOutDir: true, target: 'esnext', modulePreload: false as const },
    preview: { host: '127.0.0.1', port: 0 },
  };
  await build(config);
  const server = await preview(config);
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('The gallery has no address.');
  return {
    url,
    async stop() {
      await server.close();
      await rm(outDir, { recursive: true });
    },
  };
}
