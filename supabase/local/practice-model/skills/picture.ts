import type { Skill } from '../answer.ts';
import { drawPractice } from '../drawing.ts';

const ASKS =
  /^(?:please )?(?:draw|paint)\b|\b(?:draw|paint|make|generate|create)\b.*\b(?:picture|image|drawing|painting)\b/i;

/** "make a picture of …": colours that depend on the words, under a label that says what it is. */
export const answerPicture: Skill = ({ ask, tools }) => {
  if (!ASKS.test(ask.text)) return null;
  if (tools.has('picture_limit')) return { text: '', calls: 'picture_limit' };
  if (!tools.has('image_generation')) return null;
  return { text: 'Here is a practice picture: colours made from your words.', picture: drawPractice(ask.text) };
};
