import type { Skill } from '../answer.ts';

/** "what time is it?", "what day is it?": in UTC, since it does not know where the person is. */
export const answerClock: Skill = ({ ask, now }) => {
  if (
    !/\bwhat(?:'s| is)? (?:the )?(?:current )?(?:time|date|day)\b|\btoday's date\b|\b(?:which|what) day\b/i.test(
      ask.text,
    )
  )
    return null;
  const day = now.toLocaleDateString('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return `It is ${now.toISOString().slice(11, 16)} UTC on ${day}.`;
};
