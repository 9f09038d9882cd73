import { formulaOf } from './formula.ts';
import { isBlock, isLineOfItsOwn, type Step, walkVisible } from './walk-visible.ts';

/** A copy of what is seen of a page, in a document that loads and runs nothing. */
export interface VisibleCopy {
  readonly document: Document;
  readonly characters: number;
  readonly elements: number;
  /** False where there was more than was asked for. */
  readonly whole: boolean;
}

export interface CopyLimits {
  readonly characters: number;
  readonly elements: number;
}

/** What tells content from its surroundings, and what the copy needs to be read. */
const ATTRIBUTES = 'class id role itemprop itemtype rel href alt colspan rowspan start lang dir'.split(' ');
const SURROUNDINGS = `
  nav, menu, dialog, button, footer:not(article footer, blockquote footer), .mw-editsection,
  :is([role="navigation"], [role="banner"], [role="contentinfo"], [role="search"], [role="toolbar"], [role="tablist"]),
  :is([role="menu"], [role="menubar"], [role="dialog"], [role="alertdialog"], [role="status"], [role="button"]),
  [contenteditable]:not([contenteditable="false"])[role="textbox"]`;

/** Copies the page in slices: see `inTurns`. What frames the content (menus, banners, dialogs) is left behind. */
export function* copyVisible(root: Element, limits: CopyLimits): Generator<void, VisibleCopy> {
  const copy = root.ownerDocument.implementation.createHTMLDocument('');
  let characters = 0;
  let elements = 0;
  let whole = true;
  // Where what is met belongs; the same element again for one that is not copied.
  const places: Element[] = [];
  // Its TeX was written; what it is drawn with is passed by.
  let formula: Element | null = null;
  // Its lines are copied as they stand, whatever elements colour them.
  let code: Element | null = null;

  for (const step of walkVisible(root, isSurrounding)) {
    yield;
    if (characters > limits.characters || elements > limits.elements) {
      whole = false;
      break;
    }
    const place = places.at(-1) ?? copy.body;
    if (formula !== null) {
      if (step.type === 'leave' && step.element === formula) formula = null;
    } else if (step.type === 'text') {
      addText(place, step.node.data, step.style);
      characters += step.node.data.trim().length;
    } else if (code !== null && step.element !== code) {
      addCodeMark(place, step);
    } else if (step.type === 'leave') {
      places.pop();
      if (step.element === code) code = null;
      else if (place.localName !== 'div' && isLineOfItsOwn(step.element, step.style))
        place.append(copy.createElement('br'));
    } else {
      const tex = formulaOf(step.element);
      if (tex !== null) {
        place.append(tex);
        formula = step.element;
      } else if (step.element === root || isFlat(step.element, step.style)) {
        places.push(place);
      } else {
        const made = place.appendChild(copyElement(copy, step.element, step.style));
        places.push(made);
        elements++;
        if (made.localName === 'pre') code = step.element;
      }
    }
  }
  return { document: copy, characters, elements, whole };
}

function isSurrounding(element: Element, style: CSSStyleDeclaration): boolean {
  if (element.matches(SURROUNDINGS)) return true;
  if (style.userSelect === 'none' && element.closest('pre, code') !== null) return true;
  return style.position === 'fixed' && !coversMost(element);
}

/** The whole of some apps lies in a fixed box. */
function coversMost(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  const view = element.ownerDocument.defaultView;
  return view !== null && width * height > (view.innerWidth * view.innerHeight) / 2 && element.parentElement !== null;
}

/** Marks within a line say nothing about where the article is: their text alone is copied. */
const FLAT = new Set([
  ...[
    'span',
    'b',
    'i',
    'em',
    'strong',
    'font',
    'small',
    'mark',
    'abbr',
    'u',
    's',
    'sub',
    'sup',
    'slot',
    'bdi',
    'bdo',
    'kbd',
  ],
  ...['samp', 'var', 'q', 'cite', 'data', 'ruby', 'rb', 'label', 'wbr', 'img', 'picture', 'source'],
]);

function isFlat(element: Element, style: CSSStyleDeclaration): boolean {
  return (FLAT.has(element.localName) || element.localName.includes('-')) && !isBlock(element, style);
}

/** Lines of code may be elements, with or without line ends between them; the code's language is a class. */
function addCodeMark(code: Element, { type, element, style }: Extract<Step, { element: Element }>): void {
  if (element.localName === 'code' && type === 'enter') code.classList.add(...element.classList);
  const isBreak = element.localName === 'br' && type === 'enter';
  const isEnd = element.localName !== 'br' && isBlock(element, style) && !endsLine(code) && code.lastChild !== null;
  if (isBreak || isEnd) code.append('\n');
}

function endsLine(code: Element): boolean {
  return code.lastChild?.textContent?.endsWith('\n') === true;
}

function copyElement(copy: Document, element: Element, style: CSSStyleDeclaration): Element {
  const made = copy.createElement(nameFor(element, style));
  for (const name of ATTRIBUTES) {
    const value = element.getAttribute(name);
    if (value !== null) made.setAttribute(name, value);
  }
  return made;
}

/** Elements that pages make up, and plain ones that a style turned into blocks, are to be read as what they look like. */
function nameFor(element: Element, style: CSSStyleDeclaration): string {
  const { localName, namespaceURI } = element;
  if (namespaceURI !== 'http://www.w3.org/1999/xhtml') return 'span';
  const isPlain = localName.includes('-') || localName === 'span' || localName === 'div' || localName === 'slot';
  return isPlain ? (isBlock(element, style) ? 'div' : 'span') : localName;
}

/** Lines that a style keeps are lines in the copy, which has no styles. */
function addText(place: Element, data: string, style: CSSStyleDeclaration): void {
  // Between lines that are elements: they ended already.
  if (place.localName === 'pre' && /^\n\s*$/.test(data) && endsLine(place)) return;
  const keepsLines = /^pre/.test(style.whiteSpaceCollapse || style.whiteSpace) && place.closest('pre') === null;
  if (!keepsLines) return place.append(data);
  for (const [index, line] of data.split('\n').entries()) {
    if (index > 0) place.append(place.ownerDocument.createElement('br'));
    place.append(line);
  }
}
