import { common, createLowlight } from 'lowlight';
import type { ComponentChild } from 'preact';

const lowlight = createLowlight(common);
type Coloured = ReturnType<typeof lowlight.highlight>['children'][number];

const CLASS = /^hljs-[a-z_-]+$/;

/** The code in coloured spans, or null where the language is not known. Only spans with the highlighter's own classes come out. */
export function highlight(code: string, language: string): ComponentChild[] | null {
  const name = language.toLowerCase();
  return lowlight.registered(name) ? spans(lowlight.highlight(name, code).children) : null;
}

function spans(nodes: readonly Coloured[]): ComponentChild[] {
  return nodes.map((node) => {
    if (node.type === 'text') return node.value;
    if (node.type !== 'element') return null;
    const { className } = node.properties;
    const classes = (Array.isArray(className) ? className : []).filter((each) => CLASS.test(String(each)));
    return <span class={classes.join(' ')}>{spans(node.children)}</span>;
  });
}
