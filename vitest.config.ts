import { defineConfig } from 'vitest/config';

/**
 * Against real servers and browsers a machine under load can be late once; what fails twice in a row is broken. Vitest names each
 * test that needed its second try.
 */
const AGAIN = { retry: 1 };

/** The suites: `unit` needs nothing, `contract`, `database` and `simulator` the embedded stack, `e2e` the built extension and a Chromium, `pages` and `gallery` a Chromium. */
export default defineConfig({
  test: {
    projects: [
      project('unit', { include: ['tests/unit/**/*.test.{ts,tsx}'], testTimeout: 30_000 }),
      project('contract', {
        include: ['tests/contract/**/*.test.ts'],
        globalSetup: ['tests/support/shared-stack.ts'],
        ...AGAIN,
        testTimeout: 30_000,
        hookTimeout: 60_000,
      }),
      project('database', {
        include: ['tests/database/**/*.test.ts'],
        globalSetup: ['tests/support/shared-database.ts'],
        ...AGAIN,
        testTimeout: 60_000,
        hookTimeout: 60_000,
      }),
      project('simulator', {
        include: ['tests/simulator/**/*.test.ts'],
        ...AGAIN,
        testTimeout: 120_000,
        hookTimeout: 60_000,
      }),
      project('e2e', {
        include: ['tests/e2e/**/*.test.ts'],
        globalSetup: ['tests/e2e/support/built-extension.ts'],
        ...AGAIN,
        testTimeout: 60_000,
        hookTimeout: 120_000,
        fileParallelism: false,
      }),
      project('pages', {
        include: ['tests/pages/**/*.test.ts'],
        ...AGAIN,
        testTimeout: 60_000,
        hookTimeout: 60_000,
      }),
      project('gallery', {
        include: ['tests/gallery/**/*.test.ts'],
        globalSetup: ['tests/gallery/shared-gallery.ts'],
        ...AGAIN,
        testTimeout: 120_000,
        hookTimeout: 120_000,
      }),
    ],
  },
});

function project(name: string, test: Record<string, unknown>) {
  return { oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } }, test: { name, ...test } } as const;
}
