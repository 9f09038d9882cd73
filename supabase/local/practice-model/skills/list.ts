import type { Skill } from '../answer.ts';

/** "list apples, pears and nuts": the same, one to a line. */
export const answerList: Skill = ({ ask }) => {
  const items = (/\b(?:list|bullets?|make a list(?: of)?|as a list)\b[:,]?\s+(.+)$/i.exec(ask.text)?.[1] ?? '')
    .split(/,\s*and\s+|,|;|\s+and\s+/i)
    .map((item) => item.replace(/[.?!]+$/, '').trim())
    .filter((item) => item !== '');
  return items.length < 2 ? null : items.map((item, index) => `${index + 1}. ${item}`).join('\n');
};
