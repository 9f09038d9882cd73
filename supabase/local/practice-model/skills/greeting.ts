import type { Skill } from '../answer.ts';

/** A greeting, thanks, or the bare mention. */
export const answerGreeting: Skill = ({ ask }) => {
  const name = ask.name === '' ? '' : ` ${ask.name}`;
  if (
    /^(?:hi|hello|hey|hallo|moin|good (?:morning|afternoon|evening))\b/i.test(ask.text) &&
    ask.text.split(' ').length <= 5
  ) {
    return `Hello${name}! Ask me to summarise, to count or to pick something; “help” shows the rest.`;
  }
  if (/^(?:thanks|thank you|thx|cheers)\b/i.test(ask.text)) return `You are welcome${name === '' ? '' : `,${name}`}.`;
  return ask.text === '' ? `Yes${name === '' ? '' : `,${name}`}? “help” shows what I can do.` : null;
};
