import type { List, ListItem, Table } from 'mdast';
import type { ComponentChild } from 'preact';
import { CodeBlock } from './CodeBlock.tsx';
import { Formula } from './Formula.tsx';
import { inlines, type Scope, wordsOf } from './inline.tsx';
import type { Block } from './parse.ts';
import { ScrollBox } from './ScrollBox.tsx';

/** Deeper than this, only the words are shown: a narrow panel has no room for more. */
const DEEPEST = 16;
/** From here on, the numbers of a list are too wide to stand beside it. */
const LONG_NUMBER = 100;

/**
 * The elements of one block. Only the types named here become elements, each with attributes named here: nothing of a text
 * becomes markup in any other way.
 */
export function block(node: Block, scope: Scope): ComponentChild {
  if (scope.depth > DEEPEST) return <p>{wordsOf(node)}</p>;
  const dir = directionIn(scope);
  const inner = { ...scope, depth: scope.depth + 1 };
  switch (node.type) {
    case 'paragraph':
      return <p dir={dir}>{inlines(node.children, scope)}</p>;
    case 'heading':
      // One step under the panel's own title, however deep: what somebody writes must not tear holes into the panel's outline.
      return (
        <h2 dir={dir} data-level={node.depth}>
          {inlines(node.children, scope)}
        </h2>
      );
    case 'blockquote':
      return <blockquote dir={dir}>{blocks(node.children, inner)}</blockquote>;
    case 'list':
      return list(node, inner, dir);
    case 'code':
      return <CodeBlock code={node.value} language={node.lang ?? null} isOpen={scope.isOpen} />;
    case 'math':
      return scope.isOpen ? <pre class="formula-source">{node.value}</pre> : <Formula tex={node.value} isBlock />;
    case 'table':
      return table(node, inner, dir);
    case 'thematicBreak':
      return <hr />;
    case 'footnoteDefinition':
      return (
        <div class="footnote">
          <sup>{node.label ?? node.identifier}</sup>
          <div>{blocks(node.children, inner)}</div>
        </div>
      );
    case 'definition':
      return null;
    default:
      return <p dir={dir}>{wordsOf(node)}</p>;
  }
}

function blocks(nodes: readonly Block[], scope: Scope): ComponentChild[] {
  return nodes.map((node, index) => block(node, { ...scope, isOpen: scope.isOpen && index === nodes.length - 1 }));
}

type Direction = 'auto' | undefined;

/** Each top-level block runs as its first letters do. Inside of it nothing may say so again: "auto" would not look there. */
function directionIn(scope: Scope): Direction {
  return scope.depth === 0 ? 'auto' : undefined;
}

function list(node: List, scope: Scope, dir: Direction): ComponentChild {
  const items = node.children.map((item, index) =>
    listItem(item, { ...scope, isOpen: scope.isOpen && index === node.children.length - 1 }),
  );
  const hasTasks = node.children.some((item) => typeof item.checked === 'boolean');
  const first = node.start ?? 1;
  if (node.ordered)
    return (
      <ol dir={dir} start={first} class={first + items.length > LONG_NUMBER ? 'long-numbers' : undefined}>
        {items}
      </ol>
    );
  return (
    <ul dir={dir} class={hasTasks ? 'tasks' : undefined}>
      {items}
    </ul>
  );
}

function listItem(item: ListItem, scope: Scope): ComponentChild {
  const isTask = typeof item.checked === 'boolean';
  return (
    <li class={isTask ? 'task' : undefined}>
      {isTask && (
        <input type="checkbox" disabled checked={item.checked === true} aria-label={item.checked ? 'Done' : 'To do'} />
      )}
      {isTask ? <div>{blocks(item.children, scope)}</div> : blocks(item.children, scope)}
    </li>
  );
}

/** Wide tables scroll in a box of their own, which must be reachable by keyboard. */
function table(node: Table, scope: Scope, dir: Direction): ComponentChild {
  const [head, ...rows] = node.children;
  const alignOf = (column: number) => node.align?.[column] ?? undefined;
  return (
    <ScrollBox class="table-box" label="Table">
      <table dir={dir}>
        <thead>
          <tr>
            {head?.children.map((cell, column) => (
              <th scope="col" data-align={alignOf(column)}>
                {inlines(cell.children, scope)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {row.children.map((cell, column) => (
                <td data-align={alignOf(column)}>{inlines(cell.children, scope)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
