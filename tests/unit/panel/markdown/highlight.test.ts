import type { ComponentChild, VNode } from 'preact';
import { describe, expect, test } from 'vitest';
import { highlight } from '../../../../components/markdown/highlight.tsx';

/** The longest code that is coloured. */
const LONGEST = 20_000;

describe('[MSG6] code that nests without end', () => {
  test.each([
    ['js', '`${'],
    ['python', 'f"{'],
    ['bash', '"$('],
    ['ruby', '"#{'],
    ['kotlin', '"${'],
    ['swift', '"\\('],
  ])('%s: %s', (language, piece) => {
    const code = piece.repeat(Math.floor(LONGEST / piece.length));
    const { text, depth } = read(highlight(code, language));
    expect(text).toBe(code);
    expect(depth).toBeGreaterThan(4);
    expect(depth).toBeLessThan(20);
  });
});

test('[MSG6] the names of what every object has are no languages', () => {
  for (const language of ['toString', 'constructor', '__proto__', 'hasOwnProperty'])
    expect(highlight('const a = 1;', language)).toBeNull();
});

/** What elements say, and how deep they lie in each other. */
function read(child: ComponentChild | ComponentChild[]): { text: string; depth: number } {
  let text = '';
  let deepest = 0;
  const left: [unknown, number][] = [[child, 0]];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [each, depth] = next;
    deepest = Math.max(deepest, depth);
    if (typeof each === 'string') text += each;
    else if (Array.isArray(each)) left.push(...each.map((one): [unknown, number] => [one, depth]).reverse());
    else if (each) left.push([(each as VNode<{ children: unknown }>).props.children, depth + 1]);
  }
  return { text, depth: deepest };
}
