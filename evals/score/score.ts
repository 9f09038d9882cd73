import type { Action, Moment } from '../set/situation.ts';

/** What the AI did at a moment, and about which message, by its place in the talk. */
export interface Outcome {
  readonly moment: Moment;
  readonly action: Action;
  readonly target: number;
}

/** So many of so many. */
export interface Share {
  readonly hits: number;
  readonly of: number;
}

/** By what was right, then by what was done. */
export type Confusion = Readonly<Record<Action, Readonly<Record<Action, number>>>>;

export interface Score {
  /** Moments at which it did what is right, whichever message it meant. */
  readonly right: Share;
  /** Of the times it spoke: those at which it should have. */
  readonly precision: Share;
  /** Of the moments at which it should speak: those at which it did. */
  readonly recall: Share;
  /** Of the moments at which it should not speak: those at which it did. */
  readonly interruptions: Share;
  /** Of the moments at which it is called and should answer: those at which it did not. */
  readonly missedWhenAddressed: Share;
  /** Of the right replies and reactions: those about the right message. */
  readonly targets: Share;
  /** Of the moments that want a reaction: those that got one. */
  readonly reactions: Share;
  /** Of the reactions given: those that were wanted. */
  readonly reactionPrecision: Share;
  readonly confusion: Confusion;
}

export const ACTIONS: readonly Action[] = ['reply', 'react', 'silent'];

export function score(outcomes: readonly Outcome[]): Score {
  const spoke = outcomes.filter(({ action }) => action === 'reply');
  const shouldSpeak = outcomes.filter((outcome) => wanted(outcome) === 'reply');
  const shouldNot = outcomes.filter((outcome) => wanted(outcome) !== 'reply');
  const shouldReact = outcomes.filter((outcome) => wanted(outcome) === 'react');
  const acted = outcomes.filter((outcome) => isRight(outcome) && outcome.action !== 'silent');
  return {
    right: share(outcomes, isRight),
    precision: share(spoke, isRight),
    recall: share(shouldSpeak, isRight),
    interruptions: share(shouldNot, ({ action }) => action === 'reply'),
    missedWhenAddressed: share(
      shouldSpeak.filter(({ moment }) => moment.addressed),
      (outcome) => !isRight(outcome),
    ),
    targets: share(acted, hitsTarget),
    reactions: share(shouldReact, isRight),
    reactionPrecision: share(
      outcomes.filter(({ action }) => action === 'react'),
      isRight,
    ),
    confusion: confuse(outcomes),
  };
}

/** Whether it did what is right, whichever message it meant. */
export function isRight(outcome: Outcome): boolean {
  return outcome.action === wanted(outcome);
}

/** Whether it meant the right message. */
export function hitsTarget({ moment, target }: Outcome): boolean {
  return target === moment.verdict.target;
}

/** The outcomes of each situation, in the order of their first moments. */
export function bySituation(outcomes: readonly Outcome[]): ReadonlyMap<string, readonly Outcome[]> {
  const groups = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const { situation } = outcome.moment;
    groups.set(situation, [...(groups.get(situation) ?? []), outcome]);
  }
  return groups;
}

/** Wilson's interval at 95 %: how far chance alone can have moved a share. From 0 to 1. */
export function interval({ hits, of }: Share): readonly [low: number, high: number] {
  if (of === 0) return [0, 1];
  const z = 1.96;
  const p = hits / of;
  const middle = p + (z * z) / (2 * of);
  const reach = z * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of));
  const scale = 1 + (z * z) / of;
  return [Math.max(0, (middle - reach) / scale), Math.min(1, (middle + reach) / scale)];
}

function wanted({ moment }: Outcome): Action {
  return moment.verdict.action;
}

function share(outcomes: readonly Outcome[], counts: (outcome: Outcome) => boolean): Share {
  return { hits: outcomes.filter(counts).length, of: outcomes.length };
}

function confuse(outcomes: readonly Outcome[]): Confusion {
  const none = () => ({ reply: 0, react: 0, silent: 0 });
  const table = { reply: none(), react: none(), silent: none() };
  for (const outcome of outcomes) table[wanted(outcome)][outcome.action]++;
  return table;
}
