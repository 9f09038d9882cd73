import type { Options } from 'mdast-util-from-markdown';

type SyntaxExtension = Extract<NonNullable<Options['extensions']>[number], { text?: unknown }>;
type Construct = Extract<NonNullable<SyntaxExtension['text']>[string], { tokenize: unknown }>;
type State = ReturnType<Construct['tokenize']>;

const DOLLAR = 36;
const BACKSLASH = 92;
/** Longer ones are not meant as formulas, and looking for their end costs time. */
const LONGEST = 500;

/**
 * Formulas between single dollars, where the dollars hug them: `$x+y$`, but not `$5 and $10`, `$HOME/$PATH` or a formula over
 * several lines. The rules are those of Pandoc, and nothing that continues a word may stand outside. Behind a dollar neither this nor
 * the library's own construct begins: that one insists on it.
 */
export function dollarMath(): SyntaxExtension {
  return { text: { [DOLLAR]: { name: 'dollarMath', previous: (code) => code !== DOLLAR, tokenize } } };
}

const tokenize: Construct['tokenize'] = function (effects, ok, nok) {
  const { previous } = this;
  let length = 0;
  let last: number | null = null;

  const open: State = (code) => {
    if (isWord(previous) || previous === DOLLAR) return nok(code);
    effects.enter('mathText');
    effects.enter('mathTextSequence');
    effects.consume(code);
    effects.exit('mathTextSequence');
    return first;
  };

  const first: State = (code) => {
    if (isSpaceOrEnd(code) || code === DOLLAR) return nok(code);
    effects.enter('mathTextData');
    return inside(code);
  };

  const inside: State = (code) => {
    // Below zero are the ends of lines and tabs.
    if (code === null || code < 0 || length > LONGEST) return nok(code);
    if (code === DOLLAR && last !== BACKSLASH) {
      if (isSpaceOrEnd(last)) return nok(code);
      effects.exit('mathTextData');
      effects.enter('mathTextSequence');
      effects.consume(code);
      effects.exit('mathTextSequence');
      effects.exit('mathText');
      return after;
    }
    length += 1;
    last = last === BACKSLASH && code === BACKSLASH ? null : code;
    effects.consume(code);
    return inside;
  };

  const after: State = (code) => (isWord(code) || code === DOLLAR ? nok(code) : ok(code));

  return open;
};

function isSpaceOrEnd(code: number | null): boolean {
  return code === null || code <= 32;
}

function isWord(code: number | null): boolean {
  return code !== null && code > 0 && /[\p{L}\p{N}]/u.test(String.fromCharCode(code));
}
