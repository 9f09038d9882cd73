import { expect, test } from 'vitest';
import { createGuesses } from '../../supabase/local/api/guesses.ts';

test('the 31st wrong password within a minute is not even looked at, and it is said when to try again', () => {
  let now = 1_000_000;
  const guesses = createGuesses(() => now);
  for (let tried = 0; tried < 30; tried++) {
    expect(guesses.refusal()).toBeNull();
    guesses.note();
    now += 1_000;
  }
  const refusal = guesses.refusal();
  expect([refusal?.status, refusal?.headers.get('retry-after')]).toEqual([429, '30']);
  now += 30_000;
  expect(guesses.refusal()).toBeNull();
});
