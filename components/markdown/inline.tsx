import type { Definition, Nodes, PhrasingContent } from 'mdast';
import type { ComponentChild } from 'preact';
import { Formula } from './Formula.tsx';
import { Link } from './Link.tsx';
import { Words } from './Words.tsx';

/** What the nodes of a text need to know of their surroundings. */
export interface Scope {
  readonly definitions: ReadonlyMap<string, Definition>;
  /** Still being written: what is not closed yet is shown as it stands. */
  readonly isOpen: boolean;
  readonly depth: number;
  readonly inLink?: boolean;
}

/** Deeper than this, only the words are shown. */
const DEEPEST = 40;

export function inlines(nodes: readonly PhrasingContent[], scope: Scope): ComponentChild[] {
  return nodes.map((node) => inline(node, scope));
}

function inline(node: PhrasingContent, scope: Scope): ComponentChild {
  if (scope.depth > DEEPEST) return wordsOf(node);
  const inner = { ...scope, depth: scope.depth + 1 };
  switch (node.type) {
    case 'text':
      return <Words text={node.value} inLink={scope.inLink ?? false} />;
    case 'emphasis':
      return <em>{inlines(node.children, inner)}</em>;
    case 'strong':
      return <strong>{inlines(node.children, inner)}</strong>;
    case 'delete':
      return <del>{inlines(node.children, inner)}</del>;
    case 'inlineCode':
      return <code dir="auto">{node.value}</code>;
    case 'break':
      return '\n';
    case 'inlineMath':
      return <Formula tex={node.value} isBlock={false} />;
    case 'link':
      return link(node.url, node, inner);
    case 'linkReference':
      return link(scope.definitions.get(node.identifier)?.url ?? '', node, inner);
    case 'image':
      return picture(node.url, node.alt, inner);
    case 'imageReference':
      return picture(scope.definitions.get(node.identifier)?.url ?? '', node.alt, inner);
    case 'footnoteReference':
      return <sup>{node.label ?? node.identifier}</sup>;
    default:
      // HTML is text, and so is whatever a later version of the parser may bring.
      return wordsOf(node);
  }
}

function link(address: string, node: { children: PhrasingContent[] }, scope: Scope): ComponentChild {
  if (scope.inLink) return inlines(node.children, scope);
  return (
    <Link address={address} words={node.children.map(wordsOf).join('')}>
      {inlines(node.children, { ...scope, inLink: true })}
    </Link>
  );
}

/** Pictures are never fetched: a person may follow the link to one. */
function picture(address: string, alt: string | null | undefined, scope: Scope): ComponentChild {
  const words = alt || 'Picture';
  if (scope.inLink) return words;
  return (
    <Link address={address} words={words}>
      {words}
    </Link>
  );
}

/** The words of any node, its markup left out. */
export function wordsOf(node: Nodes): string {
  if ('children' in node) return node.children.map(wordsOf).join('');
  if ('value' in node) return node.value;
  return 'alt' in node ? (node.alt ?? '') : '';
}
