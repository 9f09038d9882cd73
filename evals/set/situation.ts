import { mentionsAi } from '../../lib/model/mentions.ts';

export type Action = 'reply' | 'react' | 'silent';

/** What is special about a moment: `hush` asks the AI to be quiet, `hushed` comes after that, `other` is meant for somebody by name. */
export type Tag = 'hush' | 'hushed' | 'other';

/** What a considerate person in the AI's place would do after a message. */
export interface Verdict {
  readonly action: Action;
  /** Which message it would answer or react to, by its place in the talk; null when silent. */
  readonly target: number | null;
  readonly tags: readonly Tag[];
  /** Why, where it is not plain; else empty. */
  readonly why: string;
}

export interface Member {
  readonly username: string;
  readonly name: string;
}

/** A message of a talk. */
export interface Line {
  /** A username, or null for the AI. */
  readonly author: string | null;
  readonly text: string;
  /** The message that it answers, by its place in the talk. */
  readonly replyTo: number | null;
  /** How long nothing was said before it. */
  readonly minutesBefore: number;
  /** Null: part of the talk alone. */
  readonly verdict: Verdict | null;
}

/** One talk in a fresh group. The first member is its creator. */
export interface Talk {
  readonly title: string;
  readonly members: readonly Member[];
  readonly lines: readonly Line[];
}

export interface Situation {
  /** Name of its file, without the ending. */
  readonly name: string;
  readonly title: string;
  readonly talks: readonly Talk[];
}

/** A message after which the AI has to decide, and what is right. */
export interface Moment {
  /** `situation/talk:message`, the last two counted from 1. */
  readonly id: string;
  readonly situation: string;
  readonly talk: Talk;
  /** Place of the message in its talk. */
  readonly place: number;
  readonly text: string;
  readonly verdict: Verdict;
  /** Whether the AI is called, by a mention or by answering it. */
  readonly addressed: boolean;
}

/** Every labelled message, in order. */
export function momentsOf({ name, talks }: Situation): Moment[] {
  return talks.flatMap((talk, index) =>
    talk.lines.flatMap(({ text, replyTo, verdict }, place) => {
      if (verdict === null) return [];
      const answersAi = replyTo !== null && talk.lines[replyTo]?.author === null;
      const id = `${name}/${index + 1}:${place + 1}`;
      return [{ id, situation: name, talk, place, text, verdict, addressed: answersAi || mentionsAi(text) }];
    }),
  );
}
