import { describe, expect, test } from 'vitest';
import { codeDigits, isEmail } from '../../../components/account/credentials.ts';
import { normalizeUsername, suggestUsername, usernameProblem } from '../../../components/account/username.ts';
import { addPiece, type Pieces } from '../../../components/chat/pieces.ts';
import { lengthOf } from '../../../components/composer/length.ts';
import { createLayers } from '../../../components/panel/layers.ts';
import { createSight } from '../../../components/visibility-guard.ts';
import { readPlace } from '../../../entrypoints/panel/surface.ts';

describe('what the page covers', () => {
  function look() {
    let time = 0;
    const sight = createSight(() => time);
    return { sight, pass: (milliseconds: number) => (time += milliseconds) };
  }

  test('nothing counts before the first look', () => {
    expect(look().sight.verdict()).toBe('settling');
  });

  test('a panel that was never covered can be used at once', () => {
    const { sight } = look();
    sight.report(true);
    expect(sight.verdict()).toBe('clear');
  });

  test('a covered one cannot, and for half a second after neither', () => {
    const { sight, pass } = look();
    sight.report(true);
    pass(1000);
    sight.report(false);
    expect(sight.verdict()).toBe('covered');
    pass(1000);
    sight.report(true);
    pass(499);
    expect(sight.verdict()).toBe('settling');
    pass(1);
    expect(sight.verdict()).toBe('clear');
  });

  test('hearing again that it is seen does not begin the half second anew', () => {
    const { sight, pass } = look();
    sight.report(false);
    sight.report(true);
    pass(400);
    sight.report(true);
    pass(100);
    expect(sight.verdict()).toBe('clear');
  });
});

describe('[MSG1] length', () => {
  test('is not shown far from the limit', () => {
    expect(lengthOf('x'.repeat(14_999))).toEqual({ count: null, isOver: false });
  });

  test('is shown near it, and told when it is over', () => {
    expect(lengthOf('x'.repeat(15_000))).toEqual({ count: 15_000, isOver: false });
    expect(lengthOf('x'.repeat(16_000))).toEqual({ count: 16_000, isOver: false });
    expect(lengthOf('x'.repeat(16_001))).toEqual({ count: 16_001, isOver: true });
  });

  test('counts characters as the database does', () => {
    expect(lengthOf('😀'.repeat(16_000))).toEqual({ count: 16_000, isOver: false });
  });
});

describe('[AI7] the pieces of a growing text', () => {
  const grow = (...texts: string[]) => texts.reduce(addPiece, { settled: '', fresh: [], from: 0 } as Pieces);
  const joined = ({ settled, fresh }: Pieces) => settled + fresh.join('');

  test('are what was added each time', () => {
    expect(grow('So ', 'So it ', 'So it is').fresh).toEqual(['So ', 'it ', 'is']);
  });

  test('keep their numbers while older ones settle', () => {
    const texts = Array.from({ length: 12 }, (_, index) => 'abcdefghijkl'.slice(0, index + 1));
    const pieces = grow(...texts);
    expect(pieces).toEqual({ settled: 'abcd', fresh: [...'efghijkl'], from: 4 });
    expect(joined(pieces)).toBe('abcdefghijkl');
  });

  test('begin anew with another attempt, under numbers not used before', () => {
    expect(grow('wrong ', 'wrong start', 'Right')).toEqual({ settled: '', fresh: ['Right'], from: 2 });
  });

  test('stay the same object when nothing was added', () => {
    const pieces = grow('So');
    expect(addPiece(pieces, 'So')).toBe(pieces);
  });
});

describe('[INV8] usernames', () => {
  test.each(['ana', 'a.b_9', 'x'.repeat(30)])('%s can be one', (username) => {
    expect(usernameProblem(username)).toBeNull();
  });

  test.each(['an', 'x'.repeat(31), 'Ana', 'a b c', 'añа', 'ai', 'sideroom', 'all', ''])('%j cannot', (username) => {
    expect(usernameProblem(username)).not.toBeNull();
  });

  test.each([
    ['Ana Kovač', 'ana.kovac'],
    ['  O’Neil, Jr. ', 'o.neil.jr'],
    ['Al', ''],
    ['דנה', ''],
    ['x'.repeat(50), 'x'.repeat(30)],
  ])('%j suggests %j', (name, username) => {
    expect(suggestUsername(name)).toBe(username);
  });

  test('are taken as typed, without the @ and in lower case', () => {
    expect(normalizeUsername(' @Ana ')).toBe('ana');
  });
});

describe('credentials', () => {
  test.each(['ana@example.org', ' ana+x@mail.example.org '])('%j can be an address', (text) => {
    expect(isEmail(text)).toBe(true);
  });

  test.each(['', 'ana', 'ana@', 'ana@example', 'a b@example.org', '@example.org'])('%j cannot', (text) => {
    expect(isEmail(text)).toBe(false);
  });

  test('a code is its digits', () => {
    expect(codeDigits(' 123 456\n')).toBe('123456');
    expect(codeDigits('1234567')).toBe('123456');
    expect(codeDigits('your code')).toBe('');
  });
});

describe('Escape', () => {
  test('closes the innermost thing, and tells when there was none', () => {
    const layers = createLayers();
    const closed: string[] = [];
    const endOuter = layers.open(() => closed.push('outer'));
    const endInner = layers.open(() => closed.push('inner'));
    layers.closeInnermost();
    endInner();
    expect(layers.closeInnermost()).toBe(true);
    endOuter();
    expect(layers.closeInnermost()).toBe(false);
    expect(closed).toEqual(['inner', 'outer']);
  });
});

describe('[PAGE1] where the panel is shown', () => {
  function open(hash: string, framed: boolean) {
    const replaced: unknown[] = [];
    const self = {} as Window & typeof globalThis;
    const location = { hash, pathname: '/panel.html' } as Location;
    const history = { replaceState: (_: unknown, __: string, url: string) => replaced.push(url) } as unknown as History;
    const place = readPlace({ location, history, self, top: framed ? null : self });
    return { place, replaced };
  }

  test('an overlay shows its pass, and takes it out of its address', () => {
    const { place, replaced } = open('#overlay:a-word', true);
    expect(place).toEqual({ surface: 'overlay', pass: 'a-word', isBack: false });
    expect(replaced).toEqual(['/panel.html']);
  });

  test('[PAGE6] one that comes back over a page knows it', () => {
    const { place, replaced } = open('#overlay:a-word:back', true);
    expect(place).toEqual({ surface: 'overlay', pass: 'a-word', isBack: true });
    expect(replaced).toEqual(['/panel.html']);
  });

  test('side panel and window are known by their names', () => {
    expect(open('#side-panel', false).place).toEqual({ surface: 'side-panel', pass: null, isBack: false });
    expect(open('#window', false).place).toEqual({ surface: 'window', pass: null, isBack: false });
  });

  test('a frame is an overlay whatever its address says', () => {
    expect(open('#window', true).place).toEqual({ surface: 'overlay', pass: null, isBack: false });
    expect(open('', true).place).toEqual({ surface: 'overlay', pass: null, isBack: false });
  });
});
