import { describe, expect, test } from 'vitest';
import { hasMarkdown } from '../../../../components/markdown/has-markdown.ts';
import { isTooMuch } from '../../../../components/markdown/limits.ts';
import { hiddenHost, safeAddress } from '../../../../components/markdown/links.ts';
import { mentionParts } from '../../../../components/markdown/mention-parts.ts';
import { parse } from '../../../../components/markdown/parse.ts';
import { plainText } from '../../../../lib/model/plain-text.ts';

describe('[MSG6] formulas between dollars', () => {
  test.each([
    ['$x+y$', ['x+y']],
    ['so $a$, $b$. And $$c$$!', ['a', 'b', 'c']],
    ['$\\$5 + x$', ['\\$5 + x']],
    ['It was $5 and is now $10.', []],
    ['US$5/US$6, 7$ or 8$', []],
    ['$HOME/$PATH and $ x $', []],
    ['`$a$` and \\$a$', []],
    ['$a\nb$', []],
  ])('%s', (text, formulas) => {
    expect(valuesOf(parse(text), 'inlineMath')).toEqual(formulas);
  });
});

describe('[MSG6] what people type', () => {
  test.each(['Hello\n---\nthere', 'Hello\n-', '    four spaces'])('%j is neither a heading nor code', (text) => {
    expect(JSON.stringify(parse(text))).not.toMatch(/"heading"|"code"/);
  });

  test.each([
    'See you at 8.',
    "That's it - really",
    'a+b (c)',
    'https://example.org/a',
    '@ai what is this?',
    'line\nline',
  ])('%j needs no parser, which would find one paragraph', (text) => {
    expect(hasMarkdown(text)).toBe(false);
    expect(parse(text)).toMatchObject([{ type: 'paragraph' }]);
  });

  test.each([
    '**b**',
    '_e_',
    '`c`',
    '~~d~~',
    '# h',
    '> q',
    '- l',
    '3. l',
    'x\n\n---',
    '| a |',
    '[a](b)',
    '$x$',
    '\\*',
    '&amp;',
  ])('%j goes to the parser', (text) => expect(hasMarkdown(text)).toBe(true));
});

describe('[MSG6] texts made to keep the parser busy', () => {
  const pieces = [
    ...['[', '![', '*', '*a ', '**a*b', '_a ', 'a***', '*[', '[a](', '](', '>', '> ', '- ', '1. ', '- > ', '* - + '],
    ...[
      '$',
      '$a ',
      '$a',
      '$$\n',
      '`',
      '<',
      '<!--',
      '|',
      '|-|\n',
      '- a\n',
      '- [ ] a\n',
      '[a]: b\n',
      '[^a]: b\n',
      '# a\n',
    ],
    ...['www.', 'a@', 'http://', '&amp;', '\\', '~~a', '<a@', '> > > > > > > > > > > > a\nb\n'],
  ];
  // What grows faster than the square of the length does not end within the time that a test has, on any machine.
  test.each(pieces)('16,000 characters of %j come to an end', (piece) => {
    expect(parse(piece.repeat(16_000).slice(0, 16_000))).toBeInstanceOf(Array);
  });

  test('are shown as they are, and so is what is too long', () => {
    const deep = '> '.repeat(200);
    const many = ['- a\n', '> a\n', '# a\n', '|b|\n', 'a\\\n', '&amp', '\\\\'].map((part) =>
      part.repeat(16_000 / part.length),
    );
    for (const text of [deep, '*['.repeat(8_000), 'a *b* '.repeat(20_000), ...many.map((text) => text.repeat(2))]) {
      expect(isTooMuch(text)).toBe(true);
      expect(parse(text)).toEqual([{ type: 'paragraph', children: [{ type: 'text', value: text }] }]);
    }
    expect(isTooMuch('A *usual* text, `of` [some](https://x.org) length.\n\n'.repeat(300))).toBe(false);
    const row = `${'| 12.50 '.repeat(8)}|\n`;
    expect(isTooMuch(row.repeat(150))).toBe(false);
    expect(isTooMuch('- bread\n'.repeat(900))).toBe(false);
    expect(isTooMuch('The area is $\\frac{1}{2}$.\n\n'.repeat(400))).toBe(false);
  });
});

test('[MSG6] the first 500 mentions stand out, which a paragraph of thousands cannot make slow', () => {
  const parts = mentionParts('@ana '.repeat(20_000), new Set(['ana']));
  expect(parts.filter(({ isMention }) => isMention)).toHaveLength(500);
  expect(parts.map(({ text }) => text).join('')).toBe('@ana '.repeat(20_000));
});

describe('[MSG6] links', () => {
  test.each(['https://example.org/a', 'http://127.0.0.1:1/', 'mailto:ana@example.org'])('%s is opened', (address) => {
    expect(safeAddress(address)?.href).toBe(address);
  });

  test.each([
    'javascript:1',
    ' JaVaScript:1',
    'java\tscript:1',
    '\u0001javascript:1',
    'vbscript:1',
    'data:text/html,1',
    'file:///etc',
    'blob:https://a/1',
    'about:blank',
    'chrome-extension://a/panel.html',
    '/path',
    '//host',
    '#id',
    '',
    'https://bank.example@evil.example/',
  ])('%j is not', (address) => expect(safeAddress(address)).toBeNull());

  test.each([
    ['https://evil.example/', 'https://bank.example/login', 'evil.example'],
    ['https://evil.example/', 'bank.example', 'evil.example'],
    ['https://xn--bnk-sna.example/', 'bank.example', 'xn--bnk-sna.example'],
    ['https://www.example.org/a', 'example.org', null],
    ['https://example.org/', 'the notes', null],
    ['mailto:eve@evil.example', 'ana@bank.example', 'eve@evil.example'],
    // Named behind the true one, with dots that are none, with letters that hide, and with slashes that are none.
    ['https://evil.example/', 'evil.example, that is bank.example', 'evil.example'],
    ['https://evil.example/', 'bank\u200b.\u200bexample', 'evil.example'],
    ['https://evil.example/', 'bank\u3002example bank\u2024example', 'evil.example'],
    ['https://evil.example/', 'bank\uff0eexample', 'evil.example'],
    ['https://evil.example/', 'evil.example\u2044bank.example', 'evil.example'],
    ['https://evil.example/', 'http:bank.example', 'evil.example'],
    ['https://example.org/a/b.html?c=d.e', 'https://example.org/a/b.html?c=d.e', null],
    ['https://example.org:8080/', 'the notes (example.org:8080).', null],
  ])('%s under the words "%s" shows %s', (address, text, shown) => {
    expect(hiddenHost(new URL(address), text)).toBe(shown);
  });
});

test('[MSG6] to see whether a link names another host takes no time, however long its text', () => {
  const url = new URL('https://evil.example/');
  for (const piece of ['a', 'a.', 'a-', '.', '/', ':', '\u200b']) {
    const startedAt = performance.now();
    hiddenHost(url, piece.repeat(100_000 / piece.length));
    expect(performance.now() - startedAt, piece).toBeLessThan(200);
  }
});

test('[MSG5] handles of people, everybody and the AI are mentions, others are words', () => {
  const parts = mentionParts('@Ana and @ai: not @nobody, a@ana.org, @ana.b or @anab. @all!', new Set(['ana']));
  expect(parts.filter(({ isMention }) => isMention).map(({ text }) => text)).toEqual(['@Ana', '@ai', '@all']);
  expect(parts.map(({ text }) => text).join('')).toBe('@Ana and @ai: not @nobody, a@ana.org, @ana.b or @anab. @all!');
});

test.each([
  ['# Title\n\n**Bold** and *soft* `code`', 'Title Bold and soft code'],
  ['- [x] done\n- [the notes](https://x.org)\n> said', 'done the notes said'],
  ['```ts\nconst a = 1;\n```', 'const a = 1;'],
  ['2 * 3 * 4 and snake_case_name', '2 * 3 * 4 and snake_case_name'],
  ['see you\nthere', 'see you there'],
])('a preview of %j reads "%s"', (markdown, plain) => expect(plainText(markdown)).toBe(plain));

function valuesOf(tree: unknown, type: string): string[] {
  const values: string[] = [];
  JSON.stringify(tree, (_, node) => {
    if (node?.type === type) values.push(node.value);
    return node;
  });
  return values;
}
