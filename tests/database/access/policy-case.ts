import type { Outcome } from '../support/attempt.ts';
import type { Who } from './cast.ts';
import type { World } from './world.ts';

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
  /** Parts of the condition, by a piece of their text, that change no outcome by being left out, and why. */
  readonly covered?: Readonly<Record<string, string>>;
}

/** Refused by a policy's check. */
export const NO = '42501';

export const probe = (who: PolicyProbe['who'], outcome: Outcome, statement: PolicyProbe['statement']): PolicyProbe => ({
  who,
  outcome,
  statement,
});

/** Those in the chat read its rows; whoever is not, is gone, waits, or has groups off reads none. */
export const membersRead = (select: (world: World) => string): PolicyProbe[] => [
  probe('member', 1, select),
  probe('creator', 1, select),
  ...(['stranger', 'removed', 'left', 'invited', 'neighbour', 'shut', 'guardian'] as const).map((who) =>
    probe(who, 0, select),
  ),
];

/** The AI says something of which everybody's history holds at least this. */
export const lastWord = ({ chat }: World): string =>
  `insert into public.messages (id, chat_id, seq, kind, author_id, body)
    values (gen_random_uuid(), '${chat}', 2000000, 'assistant', null, 'of the AI')`;
