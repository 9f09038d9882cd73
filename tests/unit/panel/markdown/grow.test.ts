import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blocksOf, type Growing, grow, NOTHING_YET } from '../../../../components/markdown/grow.ts';
import { type Block, parse } from '../../../../components/markdown/parse.ts';

const ANSWER = `## A step

Some **words** about \`it\`, with $x^2$ and a [link](https://example.org).

1. first
2. second
   - below it

\`\`\`ts
const a = 1;

const b = 2;
\`\`\`

| a | b |
|---|---|
| 1 | 2 |

> said
> again

`;

/** Blocks that never end before the text does. */
const ENDLESS = {
  paragraph: 'words that go on and on without a break, *some* of them stressed ',
  list: '- an item of a list with **words**\n',
  code: '```\nconst value = compute();\n',
  table: '| a | b |\n|---|---|\n| 1 | 2 |\n',
};

describe('[MSG6] a streaming text', () => {
  test('of 20,000 characters in 400 deltas parses at most 20 times its length, whatever it consists of', {
    timeout: 60_000,
  }, () => {
    const costs = Object.values({ answer: ANSWER, ...ENDLESS }).map((piece) => {
      const text = repeat(piece, 20_000);
      return stream(text, 50).cost / text.length;
    });
    expect(Math.max(...costs)).toBeLessThan(20);
    // What reading all of it with each delta would cost is 200 times.
    expect(costs[0]).toBeLessThan(3);
  });

  test('shows all its words at every moment', () => {
    let growing = NOTHING_YET;
    const text = repeat(ENDLESS.paragraph, 3_000);
    for (let end = 1; end <= text.length; end += 7) {
      growing = grow(growing, text.slice(0, end));
      const letters = (written: string) => written.replace(/[*\s]/g, '');
      expect(letters(words(blocksOf(growing)))).toBe(letters(text.slice(0, end)));
    }
  });

  test('ends as the same blocks as the whole text, however it was cut', () => {
    const line = fc.constantFrom(
      ...ANSWER.split('\n'),
      '-',
      '---',
      '  - deeper',
      '    indented',
      '<b>',
      '$$',
      '~~~',
      '* other',
      '1) one',
      '| x |',
      '|---|',
      '> q',
      '>',
      '#',
      '```',
      '',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 25 }), fc.array(fc.integer({ min: 1, max: 40 })), (lines, cuts) => {
        const text = lines.join('\n');
        let growing = NOTHING_YET;
        let end = 0;
        for (const cut of cuts) {
          end = Math.min(end + cut, text.length);
          growing = grow(growing, text.slice(0, end));
        }
        // The last word makes sure that everything was read.
        const whole = `${text}\n\n${'The end. '.repeat(Math.ceil(text.length / 20))}`;
        growing = grow(growing, whole);
        expect(bare(blocksOf(growing))).toEqual(bare(parse(whole)));
      }),
      { seed: 6, numRuns: 1_000 },
    );
  });

  test('keeps its finished blocks as the same objects', () => {
    const before = grow(NOTHING_YET, `${ANSWER}And`);
    const after = grow(before, `${ANSWER}And then\n\nmore`);
    expect(before.finished.length).toBeGreaterThan(3);
    expect(before.finished.every((block, index) => block === after.finished[index])).toBe(true);
  });

  test('starts anew when another attempt says something else', () => {
    const again = grow(grow(NOTHING_YET, 'One *attempt*\n\nmore'), 'Another');
    expect(bare(blocksOf(again))).toEqual(bare(parse('Another')));
  });
});

function stream(text: string, step: number): Growing {
  let growing = NOTHING_YET;
  for (let end = step; end <= text.length; end += step) growing = grow(growing, text.slice(0, end));
  return growing;
}

function repeat(piece: string, length: number): string {
  const [head = '', ...rest] = piece.split('\n');
  // A code block is opened once.
  if (head === '```') return `${head}\n${rest.join('\n').repeat(length)}`.slice(0, length);
  return piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
}

/** Blocks without their places, which differ where a text was read in parts. */
function bare(blocks: readonly Block[]): unknown {
  return JSON.parse(JSON.stringify(blocks, (key, value) => (key === 'position' ? undefined : value)));
}

function words(blocks: readonly Block[]): string {
  const values: string[] = [];
  JSON.stringify(blocks, (key, value) => {
    if (key === 'value') values.push(value);
    return value;
  });
  return values.join('');
}
