import { tableLines } from './table-lines.ts';

/** Text whose structure is that of Markdown: see `toMarkdown`. */
export interface MarkdownText {
  readonly text: string;
  /** False where there was more than was asked for. */
  readonly whole: boolean;
}

const BLOCKS = new Set([
  ...[
    'address',
    'article',
    'aside',
    'blockquote',
    'body',
    'caption',
    'center',
    'dd',
    'details',
    'div',
    'dl',
    'dt',
    'fieldset',
  ],
  ...[
    'figcaption',
    'figure',
    'footer',
    'form',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'header',
    'hgroup',
    'hr',
    'li',
    'main',
  ],
  ...['nav', 'ol', 'p', 'pre', 'section', 'summary', 'table', 'tbody', 'thead', 'tfoot', 'tr', 'td', 'th', 'ul'],
]);

/**
 * What stands in an element as plain text with Markdown's blocks: headings, lists, quotes, code, tables. Inline marks and the
 * addresses of links are left out and nothing is escaped, so that a quote from the page is found in it word for word. Ends between
 * two blocks where more than `mostCharacters` would come. A generator, to be driven in slices: see `inTurns`.
 */
export function* toMarkdown(root: Element, mostCharacters: number): Generator<void, MarkdownText> {
  const blocks: string[] = [];
  let length = 0;
  for (const block of blocksOf(root)) {
    yield;
    if (length + block.length > mostCharacters) return { text: blocks.join('\n\n'), whole: false };
    blocks.push(block);
    length += block.length + 2;
  }
  return { text: blocks.join('\n\n'), whole: true };
}

/** The blocks of an element in order; runs of inline content between them are paragraphs. */
function* blocksOf(root: Element): Generator<string> {
  let run: Node[] = [];
  for (const child of root.childNodes) {
    if (!isBlockElement(child)) {
      run.push(child);
      continue;
    }
    yield* paragraph(run);
    run = [];
    yield* blockOf(child);
  }
  yield* paragraph(run);
}

function isBlockElement(node: Node): node is Element {
  return node.nodeType === 1 && (BLOCKS.has((node as Element).localName) || hasBlock(node as Element));
}

function hasBlock(element: Element): boolean {
  return Array.from(element.children).some(isBlockElement);
}

function* blockOf(element: Element): Generator<string> {
  const name = element.localName;
  if (/^h[1-6]$/.test(name)) {
    const heading = oneLine(inlineText(element));
    if (heading !== '') yield `${'#'.repeat(Number(name[1]))} ${heading}`;
  } else if (name === 'pre') {
    yield* codeBlock(element);
  } else if (name === 'ul' || name === 'ol') {
    yield* list(element);
  } else if (name === 'blockquote') {
    const quoted = Array.from(blocksOf(element)).join('\n\n');
    if (quoted !== '') yield indent(quoted, '> ', '> ');
  } else if (name === 'table') {
    yield* table(element);
  } else if (name === 'hr') {
    yield '---';
  } else {
    yield* blocksOf(element);
  }
}

function* paragraph(nodes: readonly Node[]): Generator<string> {
  const text = tidy(nodes.map(inlineText).join(''));
  if (text !== '') yield text;
}

/** Runs of white space are one space; a form feed stands for the end of a line that the page wants. */
function inlineText(node: Node): string {
  if (node.nodeType === 3) return (node.textContent ?? '').replace(/[ \t\n\r\f]+/g, ' ').replaceAll('\u200b', '');
  if (node.nodeType !== 1) return '';
  if ((node as Element).localName === 'br') return '\f';
  return Array.from(node.childNodes, inlineText).join('');
}

function tidy(text: string): string {
  return text
    .replace(/ {2,}/g, ' ')
    .replace(/ ?\f ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function* codeBlock(pre: Element): Generator<string> {
  const code = (pre.textContent ?? '').replace(/^\n+|\s+$/g, '');
  if (code === '') return;
  const classes = [pre.parentElement, pre].map((each) => each?.getAttribute('class') ?? '').join(' ');
  const [, language = ''] = /\b(?:language|lang|highlight-source)-([\w+#-]{1,20})/.exec(classes) ?? [];
  const longest = Math.max(2, ...Array.from(code.matchAll(/`{3,}/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  yield `${fence}${language}\n${code}\n${fence}`;
}

function* list(element: Element): Generator<string> {
  const ordered = element.localName === 'ol';
  let number = Number(element.getAttribute('start') ?? 1) || 1;
  const items: string[] = [];
  for (const child of element.children) {
    const parts = Array.from(child.localName === 'li' ? blocksOf(child) : blockOf(child));
    if (parts.length === 0) continue;
    const mark = ordered ? `${number++}. ` : '- ';
    items.push(indent(joinInItem(parts), mark, ' '.repeat(mark.length)));
  }
  if (items.length > 0) yield items.join('\n');
}

/** A list inside an item follows its text at once. */
function joinInItem(parts: readonly string[]): string {
  return parts.reduce((text, part) => (/^(?:- |\d+\. )/.test(part) ? `${text}\n${part}` : `${text}\n\n${part}`));
}

function indent(text: string, first: string, others: string): string {
  return text
    .split('\n')
    .map((line, index) => `${index === 0 ? first : others}${line}`.trimEnd())
    .join('\n');
}

/** Tables that only place things are read as what is in them. */
function* table(element: Element): Generator<string> {
  const caption = element.querySelector(':scope > caption');
  if (caption !== null) yield* paragraph([caption]);
  const lines = tableLines(element, (cell) => oneLine(Array.from(blocksOf(cell)).join(' ')));
  if (lines !== null) {
    if (lines.length > 0) yield lines.join('\n');
    return;
  }
  for (const cell of element.querySelectorAll(':scope > * > tr > *, :scope > tr > *')) yield* blocksOf(cell);
}
