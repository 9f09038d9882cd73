import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wellFormed } from '../../../supabase/functions/_shared/clean-text.ts';
import { NOTHING_SENT, nextPiece } from '../../../supabase/functions/reply/sent-text.ts';

test('[AI7] however a text grows, its pieces add up to it and their offsets count code points', () => {
  // Deltas may cut an emoji in two, and bring halves that never become whole.
  const units = fc.constantFrom('a', ' ', '\u00e9', '\u65e5', '\ud83d', '\ude00');
  const growth = fc.array(
    fc.array(units, { maxLength: 4 }).map((parts) => parts.join('')),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(growth, (deltas) => {
      let text = '';
      let stored = '';
      let sent = NOTHING_SENT;
      for (const delta of [...deltas, '.']) {
        text += delta;
        const next = nextPiece(text, sent);
        if (sent.points !== [...stored].length) return false;
        stored += next.piece;
        sent = next.sent;
      }
      return stored === wellFormed(text);
    }),
  );
});

test('half a character waits for its other half', () => {
  const first = nextPiece('a\ud83d', NOTHING_SENT);
  expect(first).toEqual({ piece: 'a', sent: { units: 1, points: 1 } });
  expect(nextPiece('a\ud83d\ude00b', first.sent)).toEqual({ piece: '\u{1f600}b', sent: { units: 4, points: 3 } });
});
