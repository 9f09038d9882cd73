import type { Skill } from '../answer.ts';

const ABILITIES = [
  'summarise who said what',
  'say who is here',
  'count to a number',
  'do a sum such as 12 * (3 + 4)',
  'pick one of several options',
  'make a list',
  'echo words',
  'tell the time',
  'search, with two made-up pages',
  'make a picture',
  'say which files came along',
  'quote from a page that was shared',
] as const;

/** "help", "what can you do?", "who are you?" */
export const answerHelp: Skill = ({ ask }) => {
  if (
    !/^(?:please )?help\b|\bwhat can you do\b|\bhow do(?:es)? (?:you|this) work\b|\bwho are you\b|\bwhat are you\b/i.test(
      ask.text,
    )
  )
    return null;
  return `I follow simple rules and read nothing but this chat. I can\n\n${ABILITIES.map((ability) => `- ${ability}`).join('\n')}`;
};
