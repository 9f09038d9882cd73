import type { Skill } from '../answer.ts';

/** "echo …", "say …", "repeat …": the words themselves. */
export const answerEcho: Skill = ({ ask }) =>
  /^(?:please )?(?:echo|say|repeat(?: after me)?)\b[:,]?\s+(.+)$/is.exec(ask.text)?.[1] ?? null;
