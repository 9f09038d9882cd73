import katex from 'katex';
import { type ComponentChild, createElement } from 'preact';

/** Longer formulas stay as they were written, in characters. */
const LONGEST = 4_000;

const ELEMENTS = new Set(
  'math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle mpadded mphantom msub msup msubsup munder mover munderover mtable mtr mtd menclose mmultiscripts mprescripts none semantics'.split(
    ' ',
  ),
);
const ATTRIBUTES = new Set(
  'display mathvariant stretchy fence separator form largeop movablelimits accent accentunder minsize maxsize symmetric lspace rspace width height depth voffset linethickness displaystyle scriptlevel mathcolor mathbackground mathsize rowspacing columnspacing columnalign rowalign rowlines columnlines frame notation columnspan'.split(
    ' ',
  ),
);

/** A formula as MathML elements, or null where it is no TeX that KaTeX knows. Of what KaTeX makes, only what is named here comes out. */
export function mathMl(tex: string, isBlock: boolean): ComponentChild {
  if (tex.length > LONGEST) return null;
  const html = render(tex, isBlock);
  const made = html === null ? null : new DOMParser().parseFromString(html, 'text/html').querySelector('math');
  return made === null ? null : copy(made);
}

function render(tex: string, isBlock: boolean): string | null {
  try {
    return katex.renderToString(tex, {
      displayMode: isBlock,
      output: 'mathml',
      throwOnError: true,
      trust: false,
      strict: 'ignore',
      maxSize: 10,
      maxExpand: 200,
    });
  } catch (thrown) {
    // Deep nesting ends the stack before it ends the formula.
    if (thrown instanceof katex.ParseError || thrown instanceof RangeError) return null;
    throw thrown;
  }
}

function copy(node: Node): ComponentChild {
  if (node instanceof Text) return node.data;
  if (!(node instanceof Element) || !ELEMENTS.has(node.localName)) return null;
  const attributes = [...node.attributes].filter(({ name }) => ATTRIBUTES.has(name));
  return createElement(
    node.localName,
    Object.fromEntries(attributes.map(({ name, value }) => [name, value])),
    ...[...node.childNodes].map(copy),
  );
}
