import { describe, expect, test } from 'vitest';
import { moveCorner, WHOLE_AREA } from '../../../components/share/crop-area.ts';
import { safeFacts, wholeShare } from '../../../components/share/whole-share.ts';
import type { PageFacts } from '../../../lib/model/page-share.ts';
import type { TextReading } from '../../../lib/model/share.ts';

const FACTS: PageFacts = {
  ...{ url: 'https://example.org/a', title: 'A page', author: null, publishedAt: null, language: 'en' },
};
const KEY = 'sk-proj-4hQ2mV9xTz7bNc1LkPw8Rj5yGd3FaS6u';

function selection(prefix: string, text: string, suffix: string): TextReading {
  const anchor = { exact: text, prefix, suffix, start: 10, end: 10 + text.length };
  return { kind: 'selection', facts: FACTS, text, anchor };
}

const share = (reading: TextReading, unmasked: readonly number[] = []) => wholeShare('id', reading, new Set(unmasked));

describe('[PAGE2] what is stored and sent of a reading', () => {
  test('holds no secret that was not unmasked, in the anchor neither', () => {
    const reading = selection('', `write to ana@example.org with ${KEY}`, '');
    const masked = share(reading);
    expect(masked.text).toBe('write to [e-mail hidden] with [key hidden]');
    expect(masked.anchor?.exact).toBe(masked.text);
    const half = share(reading, [0]);
    expect(half.text).toBe('write to ana@example.org with [key hidden]');
    expect(JSON.stringify(half)).not.toContain(KEY);
    expect(share(reading, [0, 1]).text).toBe(reading.text);
  });

  test('holds no secret that stands beside the passage, whole or cut off', () => {
    const around = share(selection(`Mail ana@example.org now: `, 'come and go', ` or ${KEY}`));
    expect(around.anchor).toMatchObject({ prefix: 'Mail  now: ', suffix: ' or ' });
    const cut = share(
      selection(`${KEY} ${'word '.repeat(9)}`.slice(-64), 'come', `${' word'.repeat(9)} ${KEY}`.slice(0, 64)),
    );
    for (const piece of [KEY.slice(-8), KEY.slice(0, 8)]) expect(JSON.stringify(cut)).not.toContain(piece);
    expect(cut.anchor?.prefix.length).toBeGreaterThan(30);
  });

  test('leaves the context of other scripts whole', () => {
    const { anchor } = share(selection('海'.repeat(64), '港', '町'.repeat(64)));
    expect(anchor).toMatchObject({ prefix: '海'.repeat(64), suffix: '町'.repeat(64) });
  });

  test('has an address and a title without secrets', () => {
    const facts = safeFacts({ ...FACTS, url: `https://example.org/a?key=${KEY}#b`, title: 'Mail to ana@example.org' });
    expect(facts).toMatchObject({ url: 'https://example.org/a', title: 'Mail to [e-mail hidden]' });
    expect(safeFacts({ ...FACTS, url: 'https://example.org/a?page=2' }).url).toBe('https://example.org/a?page=2');
  });
});

describe('[PAGE2] the frame of a screenshot', () => {
  test('stays within the picture and never turns over', () => {
    expect(moveCorner(WHOLE_AREA, 'top left', 0.2, 0.3)).toEqual({ left: 0.2, top: 0.3, right: 1, bottom: 1 });
    expect(moveCorner(WHOLE_AREA, 'top left', -1, -1)).toEqual(WHOLE_AREA);
    const least = moveCorner(WHOLE_AREA, 'bottom right', -2, -2);
    expect(least.right).toBeGreaterThan(0);
    expect(moveCorner(least, 'top left', 1, 1).left).toBeLessThan(least.right);
  });
});
