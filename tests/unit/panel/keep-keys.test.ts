import { describe, expect, test } from 'vitest';
import { keepKeys } from '../../../components/panel/keep-keys.ts';

describe('[PAGE1] a page that takes the keyboard', () => {
  function setUp() {
    const target = new EventTarget();
    const happened: string[] = [];
    let time = 0;
    const keys = keepKeys({
      window: target as Window,
      now: () => time,
      takeBack: () => happened.push('back'),
      onLost: () => happened.push('lost'),
      signal: new AbortController().signal,
    });
    return {
      ...keys,
      happened,
      press: (key: string) => target.dispatchEvent(Object.assign(new Event('keydown'), { key })),
      wait(milliseconds: number) {
        time += milliseconds;
      },
    };
  }

  test('from under somebody’s fingers has it taken back', () => {
    const { taken, press, happened } = setUp();
    press('a');
    taken();
    expect(happened).toEqual(['back']);
  });

  test('is left alone while nobody writes', () => {
    const { taken, press, wait, happened } = setUp();
    taken();
    press('a');
    wait(2_001);
    taken();
    expect(happened).toEqual([]);
  });

  test.each(['Tab', 'Escape'])('is none where somebody leaves by %s', (key) => {
    const { taken, press, happened } = setUp();
    press('a');
    press(key);
    taken();
    expect(happened).toEqual([]);
  });

  test('and goes on wins, and the person is told', () => {
    const { taken, press, happened } = setUp();
    press('a');
    for (let time = 0; time < 5; time++) taken();
    expect(happened).toEqual(['back', 'back', 'back', 'lost', 'lost']);
  });

  test('now and then is no page that goes on', () => {
    const { taken, press, wait, happened } = setUp();
    for (let time = 0; time < 8; time++) {
      press('a');
      taken();
      wait(11_000);
    }
    expect(happened).toEqual(Array.from({ length: 8 }, () => 'back'));
  });
});
