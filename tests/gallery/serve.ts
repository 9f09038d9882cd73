import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

export interface GalleryServer {
  /** Address of the gallery's page, without a query. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves the gallery on a free port of this machine. */
export async function serveGallery(): Promise<GalleryServer> {
  const server = await createServer({
    configFile: false,
    root: fileURLToPath(new URL('.', import.meta.url)),
    cacheDir: fileURLToPath(new URL('../../node_modules/.vite/gallery', import.meta.url)),
    logLevel: 'error',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    optimizeDeps: { include: ['preact', 'preact/hooks', 'preact/jsx-dev-runtime', '@preact/signals', 'uuid'] },
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null, fs: { strict: false } },
  });
  await server.listen();
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('The gallery has no address.');
  return { url, stop: () => server.close() };
}
