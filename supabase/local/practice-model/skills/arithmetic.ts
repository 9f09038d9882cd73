import type { Skill } from '../answer.ts';

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\bplus\b/gi, '+'],
  [/\bminus\b/gi, '-'],
  [/\b(?:times|multiplied by)\b|×/gi, '*'],
  [/\bdivided by\b|÷/gi, '/'],
  [/%\s*of\b/gi, '/100*'],
];
const EXPRESSION = /[\d(.][\d\s()+\-*/^.]*[\d)]/;

/** "what is 12 * (3 + 4)?", "20% of 60". */
export const answerSum: Skill = ({ ask }) => {
  const plain = WORDS.reduce(
    (text, [word, sign]) => text.replace(word, sign),
    ask.text.replace(/(\d),(?=\d{3}\b)/g, '$1'),
  );
  const expression = EXPRESSION.exec(plain)?.[0].trim() ?? '';
  // Dates, versions and phone numbers are no sums.
  if (!/\d\s*[+*/^]\s*[\d(]|\d\s+-\s+[\d(]|\)\s*[+\-*/^]/.test(expression) || /\d[/-]\d+[/-]\d/.test(expression))
    return null;
  const value = evaluate(expression);
  if (value === null) return null;
  if (!Number.isFinite(value)) return `${expression} has no result.`;
  return `${expression} = ${Number(value.toPrecision(12))}`;
};

/** The value of a sum with + - * / ^ and brackets; null when it is none. */
function evaluate(text: string): number | null {
  const tokens = text.match(/\d+\.?\d*|\.\d+|[-+*/^()]/g) ?? [];
  let at = 0;
  const take = (...signs: readonly string[]): string | null => {
    const token = tokens[at];
    if (token === undefined || !signs.includes(token)) return null;
    at += 1;
    return token;
  };

  function sum(): number {
    let value = product();
    for (let sign = take('+', '-'); sign !== null; sign = take('+', '-')) value += (sign === '+' ? 1 : -1) * product();
    return value;
  }

  function product(): number {
    let value = power();
    for (let sign = take('*', '/'); sign !== null; sign = take('*', '/'))
      value = sign === '*' ? value * power() : value / power();
    return value;
  }

  function power(): number {
    if (take('-') !== null) return -power();
    const base = atom();
    return take('^') === null ? base : base ** power();
  }

  function atom(): number {
    if (take('(') !== null) {
      const value = sum();
      return take(')') === null ? Number.NaN : value;
    }
    const number = Number(tokens[at]);
    at += 1;
    return number;
  }

  const value = sum();
  return at === tokens.length && !Number.isNaN(value) ? value : null;
}
