import { type Colour, encodePng } from './png.ts';

const SIZE = { width: 480, height: 300 };

/** Letters on a grid of 5 by 7, a row in five bits. */
const GLYPHS: Readonly<Record<string, readonly number[]>> = {
  P: [30, 17, 17, 30, 16, 16, 16],
  R: [30, 17, 17, 30, 20, 18, 17],
  A: [14, 17, 17, 31, 17, 17, 17],
  C: [14, 17, 16, 16, 16, 17, 14],
  T: [31, 4, 4, 4, 4, 4, 4],
  I: [14, 4, 4, 4, 4, 4, 14],
  E: [31, 16, 16, 30, 16, 16, 31],
};
const LABEL = 'PRACTICE';
const DOT = 4;
const ADVANCE = 6 * DOT;
const LEFT = (SIZE.width - LABEL.length * ADVANCE) / 2;
const TOP = (SIZE.height - 7 * DOT) / 2;
const INK: Colour = [255, 255, 255];

/** A gradient between two colours that depend on the words, labelled in the middle. The same words give the same picture. */
export function drawPractice(words: string): Buffer {
  const hue = Array.from(words).reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 360, 7);
  const [from, to] = [colourOf(hue), colourOf(hue + 70)];
  return encodePng(SIZE.width, SIZE.height, (x, y) => {
    if (isLabel(x, y)) return INK;
    const share = (x / SIZE.width + y / SIZE.height) / 2;
    return [mix(from[0], to[0], share), mix(from[1], to[1], share), mix(from[2], to[2], share)];
  });
}

function isLabel(x: number, y: number): boolean {
  const column = Math.floor(((x - LEFT) % ADVANCE) / DOT);
  const row = GLYPHS[LABEL[Math.floor((x - LEFT) / ADVANCE)] ?? '']?.[Math.floor((y - TOP) / DOT)];
  return x >= LEFT && row !== undefined && column < 5 && (row >> (4 - column)) % 2 === 1;
}

/** A dark colour of this hue, in degrees: white is to be read on it. */
function colourOf(hue: number): Colour {
  const part = (shift: number) => Math.round(90 + 60 * Math.cos(((hue + shift) * Math.PI) / 180));
  return [part(0), part(240), part(120)];
}

function mix(a: number, b: number, share: number): number {
  return Math.round(a + (b - a) * share);
}
