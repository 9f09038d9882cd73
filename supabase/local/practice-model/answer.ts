import { answerSum } from './skills/arithmetic.ts';
import { answerChoice } from './skills/choice.ts';
import { answerClock } from './skills/clock.ts';
import { answerCounting } from './skills/counting.ts';
import { answerEcho } from './skills/echo.ts';
import { answerFiles } from './skills/files.ts';
import { answerGreeting } from './skills/greeting.ts';
import { answerHelp } from './skills/help.ts';
import { answerList } from './skills/list.ts';
import { lookBack } from './skills/look-back.ts';
import { answerPages } from './skills/pages.ts';
import { answerPeople } from './skills/people.ts';
import { answerPicture } from './skills/picture.ts';
import { answerSearch } from './skills/search.ts';
import { answerSummary } from './skills/summary.ts';
import type { Transcript } from './transcript.ts';

/** What an answer is made from. `now`: for the clock. */
export interface Question extends Transcript {
  readonly now: Date;
  /** Types of the tools that may be used. */
  readonly tools: ReadonlySet<string>;
}

/** An answer; its sources are cited where it links to them. */
export interface Answer {
  readonly text: string;
  readonly sources?: readonly { readonly title: string; readonly url: string }[];
  /** A PNG. */
  readonly picture?: Buffer;
  /** A function that it calls instead of saying anything. */
  readonly calls?: { readonly name: string; readonly arguments: object };
}

/** Answers what it is for, null for anything else. */
export type Skill = (question: Question) => string | Answer | null;

/** Asked in this order: the ones with narrow questions first. */
const SKILLS: readonly Skill[] = [
  answerEcho,
  answerSearch,
  answerPicture,
  answerCounting,
  answerPages,
  answerSummary,
  answerPeople,
  answerClock,
  answerSum,
  answerChoice,
  answerList,
  answerHelp,
  answerGreeting,
  answerFiles,
];

/** Stands under every answer: nobody shall take this for a real model, and everybody shall see how to get one. */
export const NOTICE = 'Practice assistant. Set OPENAI_API_KEY, or start Ollama or LM Studio, to connect a real model.';

/** A useful answer made by rules from the chat alone. The same question gets the same answer. */
export function answer(question: Question): Answer {
  for (const skill of SKILLS) {
    const said = skill(question);
    if (said !== null) return withNotice(typeof said === 'string' ? { text: said } : said);
  }
  return withNotice({ text: lookBack(question) });
}

function withNotice(said: Answer): Answer {
  if (said.calls !== undefined) return said;
  return { ...said, text: `${said.text}\n\n${NOTICE}` };
}
