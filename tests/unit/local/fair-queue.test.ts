import { expect, test } from 'vitest';
import { createFairQueue } from '../../../supabase/local/gateway/fair-queue.ts';

/** Work that ends when told to, and a note of who began. */
function createWork(places: number) {
  let time = 0;
  const queue = createFairQueue(places, () => time);
  const began: string[] = [];
  const ends: (() => void)[] = [];
  return {
    began,
    ask: (sender: string) =>
      queue.run(sender, () => {
        began.push(sender);
        return new Promise<void>((resolve) => ends.push(resolve));
      }),
    async endOne(): Promise<void> {
      await new Promise((resolve) => setImmediate(resolve));
      time += 10;
      ends.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

test('while there are places nobody waits, and the rest begins in the order in which it came', async () => {
  const { ask, began, endOne } = createWork(2);
  for (const sender of ['ana', 'ben', 'cleo', 'dan']) void ask(sender);
  await endOne();
  expect(began).toEqual(['ana', 'ben', 'cleo']);
  await endOne();
  expect(began).toEqual(['ana', 'ben', 'cleo', 'dan']);
});

test('who had little goes before who had much, however many wait', async () => {
  const { ask, began, endOne } = createWork(2);
  for (let count = 0; count < 20; count++) void ask(count % 2 === 0 ? 'flood' : 'flood too');
  for (let count = 0; count < 6; count++) await endOne();
  void ask('ana');
  const before = began.length;
  await endOne();
  expect(began.slice(before)).toEqual(['ana']);
});

test('one sender leaves a place to others, and a failure gives its place back', async () => {
  const { ask, began } = createWork(3);
  for (let count = 0; count < 5; count++) void ask('slow');
  void ask('ana');
  await new Promise((resolve) => setImmediate(resolve));
  expect(began).toEqual(['slow', 'slow', 'ana']);
  const alone = createFairQueue(1);
  await expect(alone.run('ana', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await alone.run('ana', async () => 'here')).toBe('here');
});
