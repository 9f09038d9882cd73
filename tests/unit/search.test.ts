import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSearchable, parseSearch, snippetOf } from '../../lib/model/search.ts';

describe('[CHAT7] what was typed', () => {
  test.each([
    ['harbour', { text: 'harbour', from: null }],
    ['harbour ', { text: 'harbour ', from: null }],
    ['from:ana', { text: '', from: 'ana' }],
    ['from:@Ana.K harbour', { text: 'harbour', from: 'ana.k' }],
    ['harbour from:ana dawn', { text: 'harbour  dawn', from: 'ana' }],
    ['from:', { text: '', from: null }],
    ['wherefrom:ana', { text: 'wherefrom:ana', from: null }],
    ['page:example.org harbour', { text: 'harbour', from: null, page: 'example.org' }],
    ['page:https://www.example.org/a?b=c', { text: '', from: null, page: 'example.org/a?b=c' }],
    ['dawn page:"The old harbour" from:ana', { text: 'dawn  ', from: 'ana', page: 'The old harbour' }],
    ['page:"The old', { text: '', from: null, page: 'The old' }],
    ['page:', { text: '', from: null }],
    ['homepage:x', { text: 'homepage:x', from: null }],
  ])('%j', (typed, query) => {
    expect(parseSearch(typed)).toEqual({ page: null, ...query });
  });

  test.each([
    ['a', false],
    ['ab', true],
    ['!!', false],
    ['馆', true],
    ['', false],
    ['from:ana', true],
    ['page:x', true],
  ])('%j is enough to look for: %s', (typed, isEnough) => {
    expect(isSearchable(parseSearch(typed))).toBe(isEnough);
  });
});

describe('[CHAT7] where it was found', () => {
  const marked = (body: string, text: string) =>
    snippetOf(body, text)
      .map((part) => (part.isMatch ? `[${part.text}]` : part.text))
      .join('');

  test.each([
    ['The harbour\nwas quiet', 'harb', 'The [harb]our was quiet'],
    ['Harbour, harbour', 'HARBOUR', '[Harbour], [harbour]'],
    ['the cat concatenates', 'cat', 'the [cat] concatenates'],
    ['東京都の図書館', '図書', '東京都の[図書]館'],
    ['a.b (c)', '(c)', 'a.b ([c])'],
  ])('%j for %j', (body, text, words) => {
    expect(marked(body, text)).toBe(words);
  });

  test('a long message is shown around its first match', () => {
    const shown = marked(`${'before '.repeat(60)}needle ${'after '.repeat(60)}`, 'needle');
    expect(shown).toMatch(/^…before/);
    expect(shown).toContain('[needle] after');
    expect(shown.length).toBeLessThan(220);
    expect(shown).toMatch(/…$/);
  });

  test('whatever is looked for, nothing is made up and nothing throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.string({ unit: 'grapheme' }), (body, text) => {
        const line = body.replace(/\s+/g, ' ').trim();
        const shown = snippetOf(body, text)
          .map((part) => part.text)
          .join('')
          .replace(/^…|…$/g, '');
        expect(line).toContain(shown.replace(/^…|…$/g, ''));
      }),
    );
  });
});
