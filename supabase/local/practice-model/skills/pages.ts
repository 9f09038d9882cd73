import type { Skill } from '../answer.ts';

/** Questions about a page that was shared: the sentence of the latest one that has most words in common with the question. */
export const answerPages: Skill = ({ ask, turns }) => {
  const page = [...turns, ask].findLast((turn) => turn.pages.some(({ text }) => text !== ''))?.pages.at(-1);
  if (page === undefined || (ask.pages.length === 0 && !/\b(page|article|passage|text|quote)\b/i.test(ask.text)))
    return null;
  const wanted = wordsOf(ask.text);
  const sentences = page.text
    .split(/(?<=[.!?])\s+|\n+/)
    .map((sentence) => sentence.replace(/^[#>\s*-]+/, '').trim())
    .filter((sentence) => wordsOf(sentence).size > 2);
  const score = (sentence: string) => [...wordsOf(sentence)].filter((word) => wanted.has(word)).length;
  const best = sentences.reduce((a, b) => (score(b) > score(a) ? b : a), sentences[0] ?? page.text.trim());
  return `“${page.title}” says: “${best}” [${page.name}]`;
};

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu));
}
