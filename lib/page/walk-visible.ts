import { isHiddenBox } from './hidden-box.ts';
import { type Ground, groundOf, isUnreadable, WHITE } from './hidden-text.ts';

/** What is met on the way through a page, in the order in which it is read. */
export type Step =
  | { readonly type: 'enter' | 'leave'; readonly element: Element; readonly style: CSSStyleDeclaration }
  | { readonly type: 'text'; readonly node: Text; readonly style: CSSStyleDeclaration };

/** Elements whose text is no text of the page; what somebody typed into a field least of all. */
const SKIPPED = new Set([
  ...['script', 'style', 'noscript', 'template', 'head', 'title', 'link', 'meta'],
  ...['input', 'textarea', 'select', 'option', 'datalist', 'progress', 'meter'],
  ...['iframe', 'frame', 'object', 'embed', 'canvas', 'audio', 'video', 'svg', 'map'],
  ...['rt', 'rp', 'annotation', 'annotation-xml', 'sideroom-panel'],
]);

interface Frame {
  readonly element: Element;
  readonly style: CSSStyleDeclaration;
  readonly ground: Ground;
  readonly children: ArrayLike<Node>;
  readonly readable: boolean;
  next: number;
}

/**
 * Everything that somebody sees on the page below `root`, without touching it: into open shadow roots and through slots, past what is
 * hidden. `skip` says which elements are left out besides.
 */
export function* walkVisible(
  root: Element,
  skip?: (element: Element, style: CSSStyleDeclaration) => boolean,
): Generator<Step, void> {
  const view = root.ownerDocument.defaultView;
  if (view === null) return;
  const stack: Frame[] = [];

  function enter(element: Element, ground: Ground): Step | null {
    if (SKIPPED.has(element.localName) && element !== root) return null;
    const style = (view as Window).getComputedStyle(element);
    if (isHiddenBox(element, style) || skip?.(element, style) === true) return null;
    const own = groundOf(style, ground);
    const children = childrenOf(element);
    const readable = !hasOwnText(children) || !isUnreadable(element, style, own);
    stack.push({ element, style, ground: own, children, readable, next: 0 });
    return { type: 'enter', element, style };
  }

  const first = enter(root, groundBehind(root, view));
  if (first !== null) yield first;
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const child = frame.children[frame.next++];
    if (child === undefined) {
      stack.pop();
      yield { type: 'leave', element: frame.element, style: frame.style };
    } else if (isText(child)) {
      if (frame.readable) yield { type: 'text', node: child, style: frame.style };
    } else if (child.nodeType === 1) {
      const step = enter(child as Element, frame.ground);
      if (step !== null) yield step;
    }
  }
}

function groundBehind(root: Element, view: Window): Ground {
  const styles: CSSStyleDeclaration[] = [];
  for (let each = root.parentElement; each !== null; each = each.parentElement)
    styles.unshift(view.getComputedStyle(each));
  // A page that follows a dark browser has another sheet under it.
  const scheme = view.getComputedStyle(root.ownerDocument.documentElement).colorScheme;
  return styles.reduce((ground: Ground, style) => groundOf(style, ground), scheme.includes('dark') ? null : WHITE);
}

/** As they are painted: a shadow root instead of what is in the light, and in a slot what was given to it. */
function childrenOf(element: Element): ArrayLike<Node> {
  if (element.shadowRoot !== null) return element.shadowRoot.childNodes;
  if (element.localName === 'slot') {
    const assigned = (element as HTMLSlotElement).assignedNodes({ flatten: true });
    if (assigned.length > 0) return assigned;
  }
  return element.childNodes;
}

function hasOwnText(children: ArrayLike<Node>): boolean {
  for (let index = 0; index < children.length; index++) {
    const child = children[index];
    if (child !== undefined && isText(child) && /\S/.test(child.data)) return true;
  }
  return false;
}

function isText(node: Node): node is Text {
  return node.nodeType === 3;
}

const INLINE = new Set([
  'span',
  'a',
  'b',
  'i',
  'em',
  'strong',
  'code',
  'label',
  'small',
  'font',
  'q',
  'cite',
  'time',
  'mark',
  'sup',
]);

/** Whether a line ends before and after such an element. A floating initial is computed to be a block, and is the first letter of a word. */
export function isBlock({ localName }: Element, { display, float }: CSSStyleDeclaration): boolean {
  return !/^(inline|contents|none|ruby|table-cell|math)/.test(display) && (float === 'none' || !INLINE.has(localName));
}

/** A link or the like that a style gave its own line. */
export function isLineOfItsOwn(element: Element, style: CSSStyleDeclaration): boolean {
  return INLINE.has(element.localName) && isBlock(element, style);
}
