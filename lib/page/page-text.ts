import { isBlock, type Step, walkVisible } from './walk-visible.ts';

/** Longest text of a page in which passages are looked for: the search in it is one task. */
export const MAX_TEXT_CHARACTERS = 1_000_000;

/** A piece of one text node within the text of a page. */
interface Piece {
  readonly node: Text;
  /** Offset of the piece in the text. */
  readonly start: number;
  length: number;
  readonly collapses: boolean;
  /** Whether the piece lost the space that it began with. */
  readonly trimmed: boolean;
}

/** The visible text of a page as one string, and the way back into the page. */
export interface PageText {
  readonly text: string;
  /** False where there was more than was asked for. */
  readonly whole: boolean;
  /** The range from one offset to another, within one tree; null where nothing of the page lies between. */
  rangeOf(start: number, end: number): Range | null;
  /** Offsets of what a range covers; null where it covers no visible text. */
  offsetsOf(range: Range): { readonly start: number; readonly end: number } | null;
}

/**
 * Reads the visible text: runs of white space as one space, except where they are kept; lines between blocks, tabs between cells.
 * A generator, to be driven in slices: see `inTurns`.
 */
export function* readPageText(root: Element, mostCharacters: number): Generator<void, PageText> {
  const builder = createBuilder();
  let whole = true;
  for (const step of walkVisible(root)) {
    builder.add(step);
    if (builder.length() > mostCharacters) {
      whole = false;
      break;
    }
    yield;
  }
  const { text, pieces } = builder.end();
  return {
    text,
    whole,
    rangeOf: (start, end) => rangeOf(pieces, start, end),
    offsetsOf: (range) => offsetsOf(pieces, range),
  };
}

function createBuilder() {
  const parts: string[] = [];
  const pieces: Piece[] = [];
  let length = 0;
  let last = '\n';

  function push(part: string): void {
    if (part === '') return;
    parts.push(part);
    length += part.length;
    last = part.charAt(part.length - 1);
  }

  function separate(by: '\n' | '\t'): void {
    if (last === '\n' || (by === '\t' && last === '\t')) return;
    const piece = pieces.at(-1);
    const part = parts.at(-1);
    // The space before the end of a line is none.
    if (last === ' ' && part !== undefined && piece?.collapses === true && piece.start + piece.length === length) {
      parts[parts.length - 1] = part.slice(0, -1);
      piece.length--;
      length--;
    }
    push(by);
  }

  return {
    length: () => length,
    add(step: Step): void {
      if (step.type === 'text') {
        const collapses = !/^(pre|break-spaces)/.test(step.style.whiteSpaceCollapse || step.style.whiteSpace);
        const trimmed = collapses && /[ \t\n]/.test(last);
        const shown = collapses ? collapse(step.node.data, trimmed) : storable(step.node.data);
        if (shown === '') return;
        pieces.push({ node: step.node, start: length, length: shown.length, collapses, trimmed });
        push(shown);
      } else if (step.element.localName === 'br') {
        if (step.type === 'enter') push('\n');
      } else if (step.style.display === 'table-cell') {
        if (step.type === 'leave') separate('\t');
      } else if (isBlock(step.element, step.style)) {
        separate('\n');
      }
    },
    end: () => ({ text: parts.join(''), pieces }),
  };
}

/** As long as before: no NUL, which a script can write into a page. */
function storable(data: string): string {
  return data.replaceAll('\0', '\ufffd');
}

function collapse(data: string, trimStart: boolean): string {
  const shown = storable(data).replace(/[ \t\n\r\f]+/g, ' ');
  return trimStart && shown.startsWith(' ') ? shown.slice(1) : shown;
}

/** The offset in the node of what stands at `at` in the piece. */
function rawOffset({ node: { data }, collapses, trimmed }: Piece, at: number): number {
  if (!collapses) return at;
  let raw = trimmed ? skipSpace(data, 0) : 0;
  for (let shown = 0; shown < at && raw < data.length; shown++) raw = Math.max(raw + 1, skipSpace(data, raw));
  return raw;
}

function skipSpace(data: string, from: number): number {
  let at = from;
  while (/[ \t\n\r\f]/.test(data.charAt(at))) at++;
  return at;
}

/** The offset in the piece of what stands at `raw` in the node. */
function shownOffset(piece: Piece, raw: number): number {
  const before = piece.node.data.slice(0, raw);
  const shown = piece.collapses ? collapse(before, piece.trimmed) : before;
  return Math.min(shown.length, piece.length);
}

function rangeOf(pieces: readonly Piece[], start: number, end: number): Range | null {
  const first = pieces.find((piece) => piece.start + piece.length > start);
  if (first === undefined || first.start >= end || !first.node.isConnected) return null;
  // A range does not reach from one tree into another: into a shadow root, or out of it.
  const root = first.node.getRootNode();
  const last = pieces.findLast((piece) => piece.start < end && piece.node.getRootNode() === root) ?? first;
  const range = first.node.ownerDocument.createRange();
  range.setStart(first.node, rawOffset(first, Math.max(0, start - first.start)));
  range.setEnd(last.node, rawOffset(last, Math.min(last.length, end - last.start)));
  return range;
}

function offsetsOf(pieces: readonly Piece[], range: Range): { start: number; end: number } | null {
  let start: number | null = null;
  let end = 0;
  for (const piece of pieces) {
    if (!range.intersectsNode(piece.node)) {
      if (start !== null) break;
      continue;
    }
    const from = piece.node === range.startContainer ? shownOffset(piece, range.startOffset) : 0;
    const to = piece.node === range.endContainer ? shownOffset(piece, range.endOffset) : piece.length;
    if (to <= from) continue;
    start ??= piece.start + from;
    end = piece.start + to;
  }
  return start === null ? null : { start, end };
}
