import type { VNode } from 'preact';
import type { TimelineItem } from './timeline.ts';

/**
 * Rows that did not change are handed to Preact as the same objects, which it skips: a delta of a reply costs one row, however
 * long the chat is.
 */
export function createRowCache(): (
  items: readonly TimelineItem[],
  context: unknown,
  render: (item: TimelineItem) => VNode,
) => VNode[] {
  let rows = new Map<string, { item: TimelineItem; row: VNode }>();
  let lastContext: unknown;
  return (items, context, render) => {
    const known = context === lastContext ? rows : new Map<string, { item: TimelineItem; row: VNode }>();
    const next = items.map((item) => {
      const hit = known.get(item.key);
      return hit !== undefined && isSame(hit.item, item) ? hit : { item, row: render(item) };
    });
    rows = new Map(next.map((entry) => [entry.item.key, entry]));
    lastContext = context;
    return next.map(({ row }) => row);
  };
}

function isSame(a: TimelineItem, b: TimelineItem): boolean {
  const keys = Object.keys(b) as (keyof TimelineItem)[];
  return a.kind === b.kind && keys.every((key) => a[key] === b[key]);
}
