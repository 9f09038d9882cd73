import { describe, expect, test } from 'vitest';
import { joinPage } from '../../../lib/hub/page.ts';
import { aMessage } from './fixtures.ts';

const piece = (from: number, to: number, hasOlder: boolean, body = 'hello') => ({
  messages: Array.from({ length: to - from + 1 }, (_, index) => aMessage({ seq: from + index, body })),
  hasOlder,
});
const seqs = ({ messages }: { messages: readonly { seq: number }[] }) => messages.map(({ seq }) => seq);

describe('joining a page to what is shown', () => {
  test("[MSG3] pieces that overlap become one, with the page's newer state", () => {
    const joined = joinPage(piece(1, 5, false), piece(4, 8, true, 'edited'));
    expect(seqs(joined)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(joined.hasOlder).toBe(false);
    expect(joined.messages[3]?.body).toBe('edited');
  });

  test('[MSG3] a page that begins after the end of what is shown stands alone: there may be a hole', () => {
    expect(joinPage(piece(1, 5, false), piece(6, 8, true))).toEqual(piece(6, 8, true));
    expect(joinPage(piece(1, 5, false), piece(40, 42, true))).toEqual(piece(40, 42, true));
  });

  test('[MSG3] a live message behind a hole does not bridge it', () => {
    const shown = { messages: [...piece(1, 5, false).messages, aMessage({ seq: 42 })], hasOlder: false };
    expect(joinPage(shown, piece(40, 42, true))).toEqual(piece(40, 42, true));
  });

  test('a page that reaches further back says whether there is more', () => {
    expect(joinPage(piece(5, 8, true), piece(5, 9, false)).hasOlder).toBe(false);
    expect(joinPage(piece(0, -1, true), piece(1, 3, false))).toEqual(piece(1, 3, false));
  });
});
