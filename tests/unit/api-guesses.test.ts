import { expect, test } from 'vitest';
import { createGuesses } from '../../supabase/local/api/guesses.ts';

const WRONG = () => Promise.resolve(new Response(null, { status: 400 }));
const RIGHT = () => Promise.resolve(new Response(null, { status: 200 }));

test('the 7th wrong password is not even looked at, however many come at once, and it is said when to try again', async () => {
  let now = 1_000_000;
  let looked = 0;
  const guesses = createGuesses(() => now);
  const guess = () =>
    guesses.tryOne(() => {
      looked += 1;
      return WRONG();
    });
  const answers = await Promise.all(Array.from({ length: 20 }, guess));
  expect(looked).toBe(6);
  expect(answers.map(({ status }) => status)).toEqual([...Array(6).fill(400), ...Array(14).fill(429)]);
  expect(answers.at(-1)?.headers.get('retry-after')).toBe('5');
  now += 5_000;
  expect((await guess()).status).toBe(400);
  expect((await guess()).status).toBe(429);
});

test('right passwords count for nothing, and a failure lets the next one try', async () => {
  const guesses = createGuesses(() => 0);
  for (let tried = 0; tried < 30; tried++) expect((await guesses.tryOne(RIGHT)).status).toBe(200);
  await expect(guesses.tryOne(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect((await guesses.tryOne(RIGHT)).status).toBe(200);
});
