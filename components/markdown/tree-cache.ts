import { type Block, parse } from './parse.ts';

/** Texts kept: some screens of messages. */
const MOST = 200;

/** Parses each text once, however often it is shown; those not shown for longest are forgotten. */
export function createTreeCache(): (text: string) => readonly Block[] {
  const trees = new Map<string, readonly Block[]>();
  return (text) => {
    const tree = trees.get(text) ?? parse(text);
    trees.delete(text);
    trees.set(text, tree);
    const oldest = trees.keys().next();
    if (trees.size > MOST && !oldest.done) trees.delete(oldest.value);
    return tree;
  };
}
