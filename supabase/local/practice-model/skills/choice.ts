import type { Skill } from '../answer.ts';

const BETWEEN = /\b(?:choose|pick|decide|select)\b[^:]*?\b(?:between|from|among|of|one):?\s+(.+)$/i;
const COLON = /\b(?:choose|pick|decide|select|which)\b[^:]*:\s*(.+)$/i;
const EITHER =
  /^(?:(?:should|shall|do|would|could) (?:we|i|you)(?: (?:have|take|go (?:for|with)|do|use|eat|get|prefer))?|which(?: is better| one)?|is it|rather)?[\s,:]*(.+\bor\b.+)\?*$/i;

/** "pick one: tea, coffee", "tea or coffee?": one of them, always the same one for the same question. */
export const answerChoice: Skill = ({ ask }) => {
  const list = BETWEEN.exec(ask.text)?.[1] ?? COLON.exec(ask.text)?.[1] ?? EITHER.exec(ask.text)?.[1];
  const options = (list ?? '')
    .split(/,\s*(?:or|and)\s+|,|;|\s+or\s+|\s+and\s+/i)
    .map((option) => option.replace(/[?.!]+$/, '').trim())
    .filter((option) => option !== '' && option.length <= 80);
  const chosen = options[sumOf(ask.text) % Math.max(options.length, 1)];
  return options.length < 2 || chosen === undefined
    ? null
    : `I would take ${chosen}. (Picked by lot among ${options.length}: I know nothing about them.)`;
};

function sumOf(text: string): number {
  return Array.from(text).reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003, 7);
}
