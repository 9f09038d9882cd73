import type { TestProject } from 'vitest/node';
import { serveGallery } from './serve.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the gallery's page, without a query. */
    gallery: string;
  }
}

/** One build of the gallery for all its tests of a run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await serveGallery();
  project.provide('gallery', server.url);
  return server.stop;
}
