// The functions are deployed without the rest: the same stands in supabase/functions/_shared/clean-text.ts, and a test compares them.

/** Characters that show nothing but could carry words past the reader's eyes, or turn the reading order. */
const HIDDEN = [
  '\\p{Cc}', // controls
  '\\u00ad\\u034f\\u180b-\\u180f', // soft hyphen, joiners and separators of Mongolian and others
  '\\u115f\\u1160\\u17b4\\u17b5\\u3164\\uffa0', // fillers
  '\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069', // reading order
  '\\u200b\\u2060-\\u2065\\u206a-\\u206f\\ufeff\\ufff0-\\ufffb', // zero width, invisible operators, annotations
  '\\ufe00-\\ufe0d', // variation selectors, but for the two of emoji
  '\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}', // shorthand and music format controls
  '\\u{e0000}-\\u{e0fff}', // tags and more variation selectors
].join('');

const INVISIBLE = new RegExp(`(?![\\n\\t])[${HIDDEN}]`, 'gu');

const LINE_BREAKS = /\r\n?|[\u2028\u2029]/g;

/** Scripts whose spelling needs the joiners U+200C and U+200D. */
const JOINING = 'Arab Syrc Mong Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Khmr'
  .split(' ')
  .map((script) => `\\p{Script=${script}}`)
  .join('');

const EMOJI = '\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f';

/** A joiner that neither spells a word nor holds an emoji together. */
const LOOSE_JOINER = new RegExp(
  `(?<![${JOINING}${EMOJI}])[\\u200c\\u200d]|[\\u200c\\u200d](?![${JOINING}${EMOJI}])`,
  'gu',
);

/** What a person would see of a text: without hidden characters, and with plain line breaks. Well-formed, as below. */
export function cleanText(text: string): string {
  return wellFormed(text.replace(LINE_BREAKS, '\n').replace(INVISIBLE, '').replace(LOOSE_JOINER, ''));
}

/** The text with lone surrogates, which no database stores, replaced by U+FFFD. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
