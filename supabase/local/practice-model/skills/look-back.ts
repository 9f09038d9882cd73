import type { Question } from '../answer.ts';
import type { PersonTurn } from '../transcript.ts';
import { nameOf, quote } from './words.ts';

const COMMON = new Set(
  'about after again also been before being both could does doing from have here into just like make more most much only other over please same should some such tell than that their them then there these they this those through very want were what when where which while will with would your'.split(
    ' ',
  ),
);
const MOST = 3;

/** For every other question: what the chat itself has on it, by the words that they share, and a plain word when it has nothing. */
export function lookBack({ ask, turns }: Question): string {
  const asked = wordsOf(ask.text);
  const found = turns
    .filter((turn) => turn !== ask)
    .map((turn) => ({ turn, shared: wordsOf(turn.text).intersection(asked).size }))
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared)
    .slice(0, MOST);
  const name = ask.name === '' ? '' : `${ask.name}, `;
  if (found.length === 0) {
    return `${name}you wrote ${quote(ask.text)}. Nothing in this chat answers that, and I know nothing beyond it.`;
  }
  return `${name}on ${quote(ask.text)} this chat has:\n\n${found.map(({ turn }) => describe(turn)).join('\n')}`;
}

function describe(turn: PersonTurn): string {
  return `- ${nameOf(turn)}: ${quote(turn.text)}`;
}

/** Words worth comparing: four letters or more, and not among the commonest. */
function wordsOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? [];
  return new Set(words.filter((word) => !COMMON.has(word)));
}
