import { describe, expect, test } from 'vitest';
import { bySituation, interval, type Outcome, score } from '../../../evals/score/score.ts';
import { percent, rounded, table } from '../../../evals/score/tables.ts';
import type { Action, Moment } from '../../../evals/set/situation.ts';

function outcome(
  right: Action,
  done: Action,
  more: { target?: number; addressed?: boolean; in?: string } = {},
): Outcome {
  const { target = 0, addressed = false, in: situation = 'trip' } = more;
  const verdict = { action: right, target: right === 'silent' ? null : 0, tags: [], why: '' };
  const talk = { title: '', members: [], lines: [] };
  const moment: Moment = { id: 'x', situation, talk, place: 0, text: '', verdict, addressed };
  return { moment, action: done, target };
}

describe('[AI3] the score', () => {
  const made = [
    outcome('reply', 'reply'),
    outcome('reply', 'reply', { target: 1 }),
    outcome('reply', 'silent'),
    outcome('reply', 'react', { addressed: true }),
    outcome('react', 'react'),
    outcome('react', 'reply'),
    outcome('silent', 'reply', { addressed: true }),
    outcome('silent', 'react'),
    outcome('silent', 'silent'),
    outcome('silent', 'silent'),
  ];

  test('counts what was right, and each way to be wrong by what it is a share of', () => {
    expect(score(made)).toEqual({
      right: { hits: 5, of: 10 },
      precision: { hits: 2, of: 4 },
      recall: { hits: 2, of: 4 },
      interruptions: { hits: 2, of: 6 },
      missedWhenAddressed: { hits: 1, of: 1 },
      targets: { hits: 2, of: 3 },
      reactions: { hits: 1, of: 2 },
      reactionPrecision: { hits: 1, of: 3 },
      confusion: {
        reply: { reply: 2, react: 1, silent: 1 },
        react: { reply: 1, react: 1, silent: 0 },
        silent: { reply: 1, react: 1, silent: 2 },
      },
    });
  });

  test('of nothing has shares of nothing', () => {
    const { precision, right } = score([]);
    expect([precision, right].map(percent)).toEqual(['–', '–']);
  });

  test('is taken apart by situation', () => {
    const groups = bySituation([
      outcome('silent', 'silent', { in: 'b' }),
      ...made,
      outcome('silent', 'silent', { in: 'b' }),
    ]);
    expect([...groups].map(([name, own]) => [name, own.length])).toEqual([
      ['b', 2],
      ['trip', 10],
    ]);
  });

  test('says how far chance reaches', () => {
    const [low, high] = interval({ hits: 5, of: 100 });
    expect(low).toBeCloseTo(0.0215, 3);
    expect(high).toBeCloseTo(0.1118, 3);
    expect(interval({ hits: 0, of: 0 })).toEqual([0, 1]);
    expect(interval({ hits: 0, of: 20 })[0]).toBe(0);
  });
});

test('shares and tables are Markdown', () => {
  expect(percent({ hits: 5, of: 6 })).toBe('83 % (5/6)');
  expect([0, 0.0432, 1].map(rounded)).toEqual(['0', '4.3', '100']);
  expect(table(['a', 'b'], [['1', 'x|y']])).toBe('| a | b |\n|---|---|\n| 1 | x\\|y |');
});
