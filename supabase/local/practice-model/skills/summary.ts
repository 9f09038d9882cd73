import type { Skill } from '../answer.ts';
import { nameOf, quote } from './words.ts';

const ASKS =
  /\b(summar|recap|catch (me|us) up|tl;?dr|who said what|what (did|have|has) .*\b(say|said|talk|miss|discuss)|what happened)/i;
const PER_PERSON = 2;

/** "summarise": one line for each person, with the last things that they said. */
export const answerSummary: Skill = ({ ask, turns, earlier }) => {
  if (!ASKS.test(ask.text)) return null;
  const said = Map.groupBy(
    turns.filter((turn) => turn !== ask && turn.text !== ''),
    (turn) => turn.from,
  );
  if (said.size === 0 && earlier === null)
    return 'Nobody has said anything before your question, so there is nothing to sum up yet.';
  const lines = [...said.values()].map((own) => {
    const latest = own.slice(-PER_PERSON).map((turn) => quote(turn.text));
    const earlier = own.length - latest.length;
    return `- ${nameOf(own[0])}: ${latest.join(' and ')}${earlier > 0 ? ` (and ${earlier} more before)` : ''}`;
  });
  const before = earlier === null ? '' : `\n\nBefore that: ${quote(earlier.replace(/\s+/g, ' '))}`;
  return `Here is who said what so far:\n\n${lines.join('\n')}${before}`;
};
