import { common, createLowlight } from 'lowlight';
import type { ComponentChild } from 'preact';

const lowlight = createLowlight(common);
type Coloured = ReturnType<typeof lowlight.highlight>['children'][number];

const CLASS = /^hljs-[a-z_-]+$/;
/** Deeper than this, code keeps its colour: templates in templates nest as deep as somebody cares to write, elements must not. */
const DEEPEST = 16;

/** The code in coloured spans, or null where the language is not known. Only spans with the highlighter's own classes come out. */
export function highlight(code: string, language: string): ComponentChild[] | null {
  const name = language.toLowerCase();
  return lowlight.registered(name) ? spans(lowlight.highlight(name, code).children, 1) : null;
}

function spans(nodes: readonly Coloured[], depth: number): ComponentChild[] {
  if (depth > DEEPEST) return [wordsOf(nodes)];
  return nodes.map((node) => {
    if (node.type === 'text') return node.value;
    if (node.type !== 'element') return null;
    const { className } = node.properties;
    const classes = (Array.isArray(className) ? className : []).filter((each) => CLASS.test(String(each)));
    return <span class={classes.join(' ')}>{spans(node.children, depth + 1)}</span>;
  });
}

/** Their text, without calling itself: what is left may be deeper than the stack. */
function wordsOf(nodes: readonly Coloured[]): string {
  const left = [...nodes].reverse();
  let words = '';
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (node.type === 'text') words += node.value;
    else if (node.type === 'element') left.push(...[...node.children].reverse());
  }
  return words;
}
