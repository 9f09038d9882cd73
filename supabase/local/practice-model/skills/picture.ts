import type { Skill } from '../answer.ts';
import { drawPractice } from '../drawing.ts';

const ASKS =
  /^(?:please )?(?:draw|paint)\b|\b(?:draw|paint|make|generate|create)\b.*\b(?:picture|image|drawing|painting)\b/i;

/** Who asks to be in it themselves. */
const ASKS_FOR_SELF = /\b(?:of|with) me\b|\bmy profile picture\b/i;

/** "make a picture of …": colours that depend on the words, under a label that says what it is. */
export const answerPicture: Skill = ({ ask, tools, portraits }) => {
  if (!ASKS.test(ask.text)) return null;
  if (tools.has('picture_limit')) return { text: '', calls: { name: 'picture_limit', arguments: {} } };
  if (!tools.has('image_generation')) return null;
  if (tools.has('profile_pictures') && ASKS_FOR_SELF.test(ask.text))
    return { text: '', calls: { name: 'profile_pictures', arguments: { people: [ask.from] } } };
  const along = portraits === 0 ? '' : ' I was shown a profile picture for it, and cannot draw faces.';
  return {
    text: `Here is a practice picture: colours made from your words.${along}`,
    picture: drawPractice(ask.text),
  };
};
