import type { Skill } from '../answer.ts';

const LAST = 1000;

/** "count to 200", "count down from 10", and how much has been said here. */
export const answerCounting: Skill = ({ ask, turns, people }) => {
  const [, down, digits = ''] = /\bcount (down from|up to|to) (\d{1,6})\b/i.exec(ask.text) ?? [];
  if (digits !== '') return count(Math.min(Number(digits), LAST), down?.toLowerCase() === 'down from');
  if (/\bhow many messages\b/i.test(ask.text)) return `I can see ${plural(turns.length, 'message')} of people here.`;
  if (/\bhow many (people|members|of us)\b/i.test(ask.text) && people.length > 0)
    return `There ${people.length === 1 ? 'is' : 'are'} ${plural(people.length, 'person', 'people')} here.`;
  return null;
};

function count(last: number, down: boolean): string {
  const numbers = Array.from({ length: last + 1 }, (_, index) => (down ? last - index : index));
  return numbers.slice(down ? 0 : 1).join(' ');
}

function plural(amount: number, one: string, many = `${one}s`): string {
  return `${amount} ${amount === 1 ? one : many}`;
}
