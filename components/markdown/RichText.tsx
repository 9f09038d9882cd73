import { useMemo, useRef } from 'preact/hooks';
import { block } from './block.tsx';
import { blocksOf, grow, NOTHING_YET } from './grow.ts';
import type { Scope } from './inline.tsx';
import { type Block, definitionsOf } from './parse.ts';
import { createTreeCache } from './tree-cache.ts';

const treeOf = createTreeCache();
const NO_DEFINITIONS: Scope['definitions'] = new Map();

interface RichTextProps {
  text: string;
  /** Still being written: only its end is read again as it grows. */
  isGrowing: boolean;
}

/** A Markdown text as elements. */
export function RichText({ text, isGrowing }: RichTextProps) {
  const growing = useRef(NOTHING_YET);
  if (isGrowing) growing.current = grow(growing.current, text);
  const blocks = isGrowing ? blocksOf(growing.current) : treeOf(text);
  const definitions = useMemo(() => (isGrowing ? NO_DEFINITIONS : definitionsOf(blocks)), [isGrowing, blocks]);
  return (
    <div class={`message-text rich-text${isGrowing ? ' streaming' : ''}`}>
      {blocks.map((node, index) => (
        <TopBlock key={index} node={node} definitions={definitions} isOpen={isGrowing && index === blocks.length - 1} />
      ))}
    </div>
  );
}

interface TopBlockProps {
  node: Block;
  definitions: Scope['definitions'];
  isOpen: boolean;
}

/** Gives Preact the same elements for the same node, which it skips. */
function TopBlock({ node, definitions, isOpen }: TopBlockProps) {
  return useMemo(() => <>{block(node, { definitions, isOpen, depth: 0 })}</>, [node, definitions, isOpen]);
}
