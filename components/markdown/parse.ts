import type { Definition, Root, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { mathFromMarkdown } from 'mdast-util-math';
import { gfm } from 'micromark-extension-gfm';
import { math } from 'micromark-extension-math';
import { dollarMath } from './dollar-math.ts';
import { isTooMuch } from './limits.ts';

/** A top-level block: each has its place in the text. */
export type Block = RootContent;

/**
 * Reads as CommonMark with GFM and formulas, but for two things that people in chats do not mean: text indented by four spaces
 * is no code, and a line of dashes under text makes no heading.
 */
const OPTIONS = {
  extensions: [
    gfm({ singleTilde: false }),
    math({ singleDollarTextMath: false }),
    dollarMath(),
    { disable: { null: ['codeIndented', 'setextUnderline'] } },
  ],
  mdastExtensions: [gfmFromMarkdown(), mathFromMarkdown()],
};

/** The blocks of a text. What would take too long is one paragraph of plain text. */
export function parse(text: string): readonly Block[] {
  if (isTooMuch(text)) return plain(text);
  try {
    return fromMarkdown(text, OPTIONS).children;
  } catch (thrown) {
    // The parser calls itself for each nesting: what is left of a text that outwits the limits is too deep for the stack.
    if (thrown instanceof RangeError) return plain(text);
    throw thrown;
  }
}

/** Addresses that references like `[text][name]` lead to, by their name. The first of a name counts. */
export function definitionsOf(blocks: readonly Block[]): ReadonlyMap<string, Definition> {
  const found = new Map<string, Definition>();
  const visit = (node: Block | Root) => {
    if (node.type === 'definition' && !found.has(node.identifier)) found.set(node.identifier, node);
    if (node.type === 'root' || node.type === 'blockquote' || node.type === 'list' || node.type === 'listItem')
      for (const child of node.children) visit(child);
  };
  for (const block of blocks) visit(block);
  return found;
}

function plain(text: string): readonly Block[] {
  return [{ type: 'paragraph', children: [{ type: 'text', value: text }] }];
}
