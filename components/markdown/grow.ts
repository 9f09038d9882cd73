import type { Nodes } from 'mdast';
import { type Block, parse } from './parse.ts';

/** A text that is still being written, as far as it is understood. */
export interface Growing {
  readonly text: string;
  /** Blocks that no further text can change: the same objects from state to state. */
  readonly finished: readonly Block[];
  /** What is read again as the text grows. */
  readonly open: readonly Block[];
  /** Where the open part begins, and up to where it was read, in characters of the text. */
  readonly openFrom: number;
  readonly readUpTo: number;
  /** Characters parsed since the text was empty. */
  readonly cost: number;
}

export const NOTHING_YET: Growing = { text: '', finished: [], open: [], openFrom: 0, readUpTo: 0, cost: 0 };

/** The open part is read again when it has grown by this share of itself; until then new words are put at its end as they are. */
const SHARE = 1 / 16;

/**
 * The next state, given the whole text so far. A text that does not go on from there (a new attempt) starts anew. However long
 * the blocks are, all states together parse no more than 20 times the text.
 */
export function grow(growing: Growing, text: string): Growing {
  if (text === growing.text) return growing;
  if (!text.startsWith(growing.text)) return grow(NOTHING_YET, text);
  const { finished, openFrom, readUpTo, cost } = growing;
  if (text.length - readUpTo < (readUpTo - openFrom) * SHARE) return { ...growing, text };

  const part = text.slice(openFrom);
  const blocks = parse(part);
  const done = countFinished(blocks, part);
  const next = blocks[done];
  const from = done === 0 ? 0 : lineStart(part, next?.position?.start.offset ?? 0);
  return {
    text,
    finished: done === 0 ? finished : [...finished, ...blocks.slice(0, done)],
    open: blocks.slice(done),
    openFrom: openFrom + from,
    readUpTo: text.length,
    cost: cost + part.length,
  };
}

/** The blocks to show: words that were not read yet go on where the last block ends. */
export function blocksOf({ text, finished, open, readUpTo }: Growing): readonly Block[] {
  const rest = text.slice(readUpTo);
  const last = open.at(-1);
  if (rest === '') return [...finished, ...open];
  if (last === undefined) return [...finished, { type: 'paragraph', children: [{ type: 'text', value: rest }] }];
  return [...finished, ...open.slice(0, -1), extend(last, rest)];
}

/** A block is finished as soon as the first line of the one below it is: until then that line may still belong to it. */
function countFinished(blocks: readonly Block[], part: string): number {
  for (let index = blocks.length - 1; index > 0; index--) {
    const start = blocks[index]?.position?.start.offset;
    if (start !== undefined && part.indexOf('\n', start) !== -1) return index;
  }
  return 0;
}

function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** A copy of the node with more text at its end, down to where text stands. */
function extend<N extends Nodes>(node: N, rest: string): N {
  if (node.type === 'text' || node.type === 'code' || node.type === 'inlineCode' || node.type === 'math')
    return { ...node, value: node.value + rest };
  if (!('children' in node)) return node;
  const last = node.children.at(-1);
  const isOpen = last !== undefined && ('children' in last || last.type === 'text' || last.type === 'code');
  const isInline = node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell';
  if (isOpen && !(isInline && last.type !== 'text'))
    return { ...node, children: [...node.children.slice(0, -1), extend(last, rest)] };
  return isInline ? { ...node, children: [...node.children, { type: 'text', value: rest }] } : node;
}
