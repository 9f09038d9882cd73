import type { Outcome } from '../support/attempt.ts';
import type { Who, World } from './world.ts';

/** One thing that one person may or may not do by this policy alone. */
export interface PolicyProbe {
  readonly who: Who | 'newcomer';
  statement(world: World): string;
  readonly outcome: Outcome;
}

export interface PolicyCase {
  readonly table: string;
  /** Before every probe, as the superuser. */
  prepare?(world: World): string;
  readonly probes: readonly PolicyProbe[];
  /** Weaker or stronger wordings of a condition, each of which some probe must tell from the true one. */
  readonly variants?: Readonly<Record<string, string>>;
}

/** Refused by a policy's check. */
export const NO = '42501';

export const probe = (who: PolicyProbe['who'], outcome: Outcome, statement: PolicyProbe['statement']): PolicyProbe => ({
  who,
  outcome,
  statement,
});

/** Those in the chat read its rows; a stranger, and whoever is gone, reads none. */
export const membersRead = (select: (world: World) => string): PolicyProbe[] => [
  probe('member', 1, select),
  probe('creator', 1, select),
  probe('stranger', 0, select),
  probe('removed', 0, select),
  probe('left', 0, select),
];
