import { describe, expect, test } from 'vitest';
import { findAnchor, makeAnchor } from '../../../lib/page/anchor.ts';
import { isStillSame } from '../../../lib/page/still-same.ts';
import { textFragmentUrl } from '../../../lib/page/text-fragment.ts';

const PAGE = `Lagan, flotsam and jetsam
Flotsam floats of itself after a wreck. Jetsam was thrown overboard to lighten a ship.
Lagan is cargo that was tied to a buoy, so that its owner could find it again. Nobody else may keep it.
Derelict is what lies at the bottom without hope of recovery. Nobody else may keep it either.`;
const QUOTE = 'Lagan is cargo that was tied to a buoy, so that its owner could find it again.';

function anchorOf(quote: string, text = PAGE) {
  const start = text.indexOf(quote);
  return makeAnchor(text, start, start + quote.length);
}

function found(text: string, anchor = anchorOf(QUOTE)) {
  const place = findAnchor(text, anchor);
  return place === null ? null : { how: place.how, words: text.slice(place.start, place.end) };
}

describe('anchors', () => {
  test('[PAGE3] they are quote, 64 characters around it, and position', () => {
    const { exact, prefix, suffix, start, end } = anchorOf(QUOTE);
    expect({ exact, start, end }).toEqual({
      exact: QUOTE,
      start: PAGE.indexOf(QUOTE),
      end: PAGE.indexOf(QUOTE) + QUOTE.length,
    });
    expect(PAGE.slice(start - 64, start)).toBe(prefix);
    expect(PAGE.slice(end, end + 64)).toBe(suffix);
    expect(makeAnchor('abc', 1, 2)).toEqual({ exact: 'b', prefix: 'a', suffix: 'c', start: 1, end: 2 });
    // Half an emoji cannot be stored.
    expect(makeAnchor('\u{1f6a2}ship', 1, 4).exact.isWellFormed()).toBe(true);
  });

  test('[PAGE3] found as it was', () => {
    expect(found(PAGE)).toEqual({ how: 'exact', words: QUOTE });
    expect(found(`A new first line.\n${PAGE}`)).toEqual({ how: 'exact', words: QUOTE });
  });

  test('[PAGE3] other white space is no other text', () => {
    const wrapped = PAGE.replaceAll(' buoy, ', '\tbuoy,\n');
    expect(found(wrapped)?.how).toBe('exact');
  });

  test('[PAGE3] found in another place', () => {
    const moved = `${QUOTE}\nAnd now to something else entirely.\n${PAGE.replace(QUOTE, 'Gone from here, quite.')}`;
    expect(found(moved)).toEqual({ how: 'moved', words: QUOTE });
  });

  test('[PAGE3] found in other words', () => {
    const edited = QUOTE.replace('was tied', 'had been tied').replace('again', 'once more');
    expect(found(PAGE.replace(QUOTE, edited))).toEqual({ how: 'edited', words: edited });
  });

  test('[PAGE3] of several the one among the same words', () => {
    const second = makeAnchor(
      PAGE,
      PAGE.lastIndexOf('Nobody else may keep it'),
      PAGE.lastIndexOf('Nobody else may keep it') + 23,
    );
    expect(findAnchor(PAGE, second)?.start).toBe(second.start);
    expect(findAnchor(`More above, and more.\n${PAGE}`, second)?.start).toBe(second.start + 22);
  });

  test('[PAGE3] what is gone is not found, though its words are here and there', () => {
    expect(found(PAGE.replace(QUOTE, 'This line was written anew and says something about insurance.'))).toBeNull();
    expect(found('')).toBeNull();
    expect(found('Quite another page, on which a buoy and an owner are named.')).toBeNull();
    const short = anchorOf('hope');
    expect(found('We hope that you like our new page about gardens.', short)).toBeNull();
  });

  test.each([
    [
      'the same sentence about something else',
      'The north pier was closed on Monday because of the storm, and opened again two days later.',
      'The south lock was shut on Friday because of the ice, and opened again two weeks after.',
    ],
    [
      'the next row of a table',
      'Alma, brig of 210 tons, bound for Porto with salt and cork, master J. Reis',
      'Elba, bark of 480 tons, bound for Genoa with coal and iron, master P. Orsini',
    ],
    [
      'the same rule for others',
      'Members under sixteen may borrow two books for three weeks and renew them once.',
      'Members over sixty may borrow five books for six weeks and renew them as they like.',
    ],
  ])('[PAGE3] what is gone is not taken for what is like it: %s', (_, quote, like) => {
    const before = `Above it stood this.\n${quote}\nBelow it stood that.`;
    const start = before.indexOf(quote);
    const anchor = makeAnchor(before, start, start + quote.length);
    expect(findAnchor(`All is new on this page today.\n${like}\nThat goes for the end of it.`, anchor)).toBeNull();
    // At its place the likeness would be enough.
    expect(findAnchor(before.replace(quote, like), anchor)?.how).toBe('edited');
  });

  test.each([
    [
      'a word and an ending',
      'The north pier was closed on Monday because of the storm, and opened again two days later.',
      'The north pier had been closed on Monday because of a storm, and reopened two days later.',
    ],
    [
      'a number and a name',
      'Alma, brig of 210 tons, bound for Porto with salt and cork, master J. Reis',
      'Alma, brig of 215 tons, bound to Oporto with salt and cork; master: J. Reis',
    ],
  ])('[PAGE3] what was edited a little is found wherever it stands by now: %s', (_, quote, edited) => {
    const before = `Above it stood this.\n${quote}\nBelow it stood that.`;
    const start = before.indexOf(quote);
    const anchor = makeAnchor(before, start, start + quote.length);
    expect(found(`All is new on this page today.\n${edited}\nThat goes for the end of it.`, anchor)).toEqual({
      how: 'edited',
      words: edited,
    });
  });

  test('[PAGE3] a long passage is found by its ends', () => {
    const lines = Array.from(
      { length: 60 },
      (_, line) => `Line ${line} tells of ${line * line} barrels and ${line * 7} ropes.`,
    );
    const text = lines.join('\n');
    const start = text.indexOf('Line 10 ');
    const anchor = makeAnchor(text, start, text.indexOf('Line 50 ') - 1);
    const edited = text.replace('Line 30 tells of', 'The thirtieth line says').replace('Line 12', 'Twelve');
    const place = findAnchor(edited, anchor);
    expect(place?.how).toBe('edited');
    expect(edited.slice(place?.start, place?.end)).toMatch(
      /^Line 10 tells[\s\S]*Line 49 tells of 2401 barrels and 343 ropes\.$/,
    );
  });

  test('[PAGE3] a page of a million characters is searched quickly', () => {
    const text = `${'The sea was calm and the ship was slow. '.repeat(25_000)}${PAGE}`;
    const start = performance.now();
    expect(found(text.replace('tied to a buoy', 'fastened to some buoy'))?.how).toBe('edited');
    expect(found(text.replace(QUOTE, ''))).toBeNull();
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe('links to a passage', () => {
  test('[PAGE3] within one block by its words, over several by its ends', () => {
    const url = 'https://example.org/a';
    expect(textFragmentUrl(url, { exact: 'Lagan is cargo' })).toBe(`${url}#:~:text=Lagan%20is%20cargo`);
    expect(textFragmentUrl(url, { exact: 'One line, well-known and long\nmiddle\nand the last line of all' })).toBe(
      `${url}#:~:text=One%20line%2C%20well%2Dknown%20and,last%20line%20of%20all`,
    );
    expect(textFragmentUrl(url, { exact: ' \n ' })).toBe(url);
    expect(textFragmentUrl(`${url}#/route`, { exact: 'x' })).toBe(`${url}#/route:~:text=x`);
  });
});

describe('between preview and send', () => {
  const facts = { url: 'https://example.org/a', title: 'A', author: null, publishedAt: null, language: null };
  const article = (text: string, url = facts.url) => ({ kind: 'article', facts: { ...facts, url }, text }) as const;

  test('[PAGE2] a counter is no change; other words, another address or another selection are', () => {
    const lines = Array.from({ length: 20 }, (_, line) => `Paragraph ${line} with some words in it.`).join('\n\n');
    expect(isStillSame(article(lines), article(lines))).toBe(true);
    expect(isStillSame(article(`${lines}\n\n3 minutes ago`), article(`${lines}\n\n4 minutes ago`))).toBe(true);
    expect(isStillSame(article(lines), article(lines.replaceAll('some', 'other')))).toBe(false);
    expect(isStillSame(article(lines), article(lines.slice(0, 300)))).toBe(false);
    expect(isStillSame(article(lines), article(lines, 'https://example.org/b'))).toBe(false);
    const selection = (text: string) =>
      ({ kind: 'selection', facts, text, anchor: makeAnchor(text, 0, text.length) }) as const;
    expect(isStillSame(selection('a b c'), selection('a b c'))).toBe(true);
    expect(isStillSame(selection('a b c'), selection('a b'))).toBe(false);
  });
});
