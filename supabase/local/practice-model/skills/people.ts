import type { Skill } from '../answer.ts';
import { joinNames } from './words.ts';

/** "who is here?" */
export const answerPeople: Skill = ({ ask, people, turns }) => {
  if (
    !/\bwho(?:'s| is| are| all is)? (?:here|in (?:this|the|our) (?:chat|group|room)|we|around|there)\b|\b(?:list|name) (?:the |all )?(?:members|people)\b/i.test(
      ask.text,
    )
  )
    return null;
  const names = people.length > 0 ? people : [...new Set(turns.map((turn) => turn.name))].filter((name) => name !== '');
  if (names.length === 0) return 'I only see your message, without a name.';
  if (names.length === 1) return `Just you, ${names[0]}, and me.`;
  return `In this chat: ${joinNames(names)}, and me.`;
};
