import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.ts';
import { runSeed } from './run.ts';
import { type Server, startServer } from './server.ts';

const folder = temporaryFolder();
let server: Server;

beforeAll(async () => {
  server = await startServer(folder.path);
});
afterAll(async () => {
  await server?.stop();
  folder.remove();
});

test.each([1, 2, 3])(
  '[MSG2] [MSG3] whatever breaks, everybody has every message once and in order: seed %i',
  async (seed) => {
    const { faults, accepted, struck } = await runSeed(server, { seed, steps: 80, crashes: 1 });
    expect(faults).toEqual([]);
    expect(accepted).toBeGreaterThan(10);
    expect(struck.crash).toBe(1);
  },
);
