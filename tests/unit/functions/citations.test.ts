import { describe, expect, test } from 'vitest';
import type { ReplyShare } from '../../../supabase/functions/_shared/replies.ts';
import { citePages, isIn } from '../../../supabase/functions/reply/citations.ts';
import type { InputPage } from '../../../supabase/functions/reply/input-pages.ts';

const TEXT =
  'At **low tide** the bar of the Douro is\nbarely three metres deep, and nothing larger gets out.\n\n> The pilot’s word is law.';

const page = (name: string, text = TEXT): InputPage => {
  const share: ReplyShare = {
    ...{ message_id: 'm', id: `share ${name}`, kind: 'article', url: `https://example.org/${name}` },
    ...{ title: `Page ${name}`, author: null, published_at: null, text },
  };
  // The model saw its beginning only.
  return { name, share, text: text.slice(0, 20) };
};

const cite = (body: string) => citePages(body, [page('p1'), page('p2', 'Other words.')], 1);

describe('[AI13] a quote in an answer that cites a page share', () => {
  test.each([
    ['as it stands there', '“the bar of the Douro”'],
    ['across lines and marks', '"At low tide the bar of the Douro is barely three metres deep"'],
    ['with another first letter and stop', '“Nothing larger gets out.”'],
    ['with other quotation marks', "«The pilot's word is law»"],
    ['with an ellipsis', '“At low tide … barely three metres deep”'],
    ['as a block', 'It says\n\n> the bar of the Douro\n> is barely three metres deep'],
    ['in bold, before a stop', '**“the bar of the Douro”**,'],
  ])('is found %s', (_, quote) => {
    const { body, sources } = cite(`${quote} [p1]`);
    expect(body).toBe(`${quote} [1]`);
    expect(sources[0]?.quotes).toMatchObject([{ found: true }]);
  });

  test.each([
    ['made up', '“the bar of the Douro is ten metres deep”'],
    ['in another order', '“barely three metres deep … At low tide”'],
    ['with a word left out', '“the bar of Douro”'],
    ['of another page', '“Other words”'],
    ['with a not taken away', '“something larger gets out”'],
    ['of nothing', '“…”'],
  ])('is marked where it is %s', (_, quote) => {
    const { body, sources } = cite(`Well, ${quote} [p1].`);
    expect(body).toBe(`Well, ${quote} [1, not found on the page].`);
    expect(sources[0]?.quotes).toMatchObject([{ found: false }]);
  });

  test('is looked for in all that was shared, not only in what the model saw', () => {
    expect(page('p1').text).not.toContain('larger');
    expect(cite('“nothing larger gets out” [p1]').sources[0]?.quotes).toMatchObject([{ found: true }]);
  });

  test('stands under its page, numbered behind the other sources; what is made up is no page', () => {
    const answer = citePages(
      'A [p2], “low tide” [p1], again “Other words” [p2], and [p9].',
      [page('p1'), page('p2', 'Other words.')],
      3,
    );
    expect(answer).toEqual({
      body: 'A [3], “low tide” [4], again “Other words” [3], and.',
      sources: [
        {
          title: 'Page p2',
          url: 'https://example.org/p2',
          share_id: 'share p2',
          quotes: [{ text: 'Other words', found: true }],
        },
        {
          title: 'Page p1',
          url: 'https://example.org/p1',
          share_id: 'share p1',
          quotes: [{ text: 'low tide', found: true }],
        },
      ],
    });
  });

  test('an answer that cites none stays as it is', () => {
    expect(cite('He said “hello” [1].')).toEqual({ body: 'He said “hello” [1].', sources: [] });
  });

  test('a page that is quoted without end keeps nobody waiting', () => {
    const start = performance.now();
    isIn('a… '.repeat(700), 'a '.repeat(50_000));
    cite(`${'“'.repeat(20_000)}${'"a'.repeat(20_000)} [p1]`);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
