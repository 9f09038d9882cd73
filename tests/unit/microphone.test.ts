import { describe, expect, test } from 'vitest';
import { type Errand, readErrand, writeErrand } from '../../entrypoints/microphone/errand.ts';
import { levelOf } from '../../entrypoints/microphone/level.ts';

describe('[MSG10] the level', () => {
  const tone = (amplitude: number) => Float32Array.from({ length: 2_048 }, (_, at) => amplitude * Math.sin(at / 4));

  test('silence is 0, a shout is 1, and louder is more', () => {
    expect(levelOf(new Float32Array(2_048))).toBe(0);
    expect(levelOf(tone(1))).toBe(1);
    const levels = [0.001, 0.01, 0.1, 0.4].map((amplitude) => levelOf(tone(amplitude)));
    expect(levels).toEqual([...levels].sort((a, b) => a - b));
    expect(levelOf(tone(0.05))).toBeGreaterThan(0.3);
  });
});

test.each<Errand>([
  { name: 'record', session: '7fcfd699' },
  { name: 'ask', session: '7fcfd699' },
  { name: 'help', session: null },
])('[MSG10] the errand %o survives its address', (errand) => {
  expect(readErrand(writeErrand(errand))).toEqual(errand);
});

test('an address that says nothing shows how the microphone is allowed, and records nothing', () => {
  for (const fragment of ['', '#', '#record', '#else:1']) expect(readErrand(fragment).name).toBe('help');
});
