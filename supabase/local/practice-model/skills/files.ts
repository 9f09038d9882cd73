import type { Skill } from '../answer.ts';
import type { TurnFile } from '../transcript.ts';
import { joinNames, quote } from './words.ts';

/** Files that came with the question: their names, how large they are, what a text says. */
export const answerFiles: Skill = ({ ask }) =>
  ask.files.length === 0 ? null : `I got ${joinNames(ask.files.map(describe))}.`;

function describe({ name, size, text }: TurnFile): string {
  if (text !== null) return `${name}, which says ${quote(text.trim())}`;
  return size === null
    ? `${name}, of which I only see the name`
    : `${name}, ${Math.max(1, Math.round(size / 1024))} KB`;
}
