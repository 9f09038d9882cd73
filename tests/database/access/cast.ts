import type { Outcome } from '../support/attempt.ts';

/** In which relation to the world's group somebody is: what each row of the matrix states one by one. */
export const COLUMNS = ['anon', 'stranger', 'member', 'creator', 'removed', 'left', 'service'] as const;

/**
 * Further relations. Each comes to what another one does, unless a row says otherwise: who waits to be let in, the creator of
 * another group, a member whose guardian closed groups, that guardian, and a member whom the creator blocked.
 */
const ALIKE = {
  invited: 'stranger',
  neighbour: 'stranger',
  shut: 'left',
  guardian: 'stranger',
  blocked: 'member',
} as const satisfies Readonly<Record<string, (typeof COLUMNS)[number]>>;

type Column = (typeof COLUMNS)[number];
type Further = keyof typeof ALIKE;
export type Who = Column | Further;

/** Everybody whose rights the matrix states. */
export const CAST: readonly Who[] = [...COLUMNS, ...(Object.keys(ALIKE) as Further[])];

/** One outcome for each column, in their order: anon, stranger, member, creator, removed, left, service. */
export type Outcomes = ForEach<typeof COLUMNS>;
type ForEach<Everybody extends readonly unknown[]> = { readonly [I in keyof Everybody]: Outcome };

/** What comes of something for everybody. */
export interface Row {
  readonly outcomes: Outcomes;
  /** Where the further relations do not come to what `ALIKE` says. */
  readonly unlike?: Readonly<Partial<Record<Further, Outcome>>>;
}

/** What the row declares for one of the cast. */
export function declared({ outcomes, unlike }: Row, who: Who): Outcome {
  if (isColumn(who)) return outcomes[COLUMNS.indexOf(who)] as Outcome;
  return unlike?.[who] ?? declared({ outcomes }, ALIKE[who]);
}

/** The declared outcomes of all, by who. */
export function declaredForAll(row: Row): Readonly<Record<string, Outcome>> {
  return Object.fromEntries(CAST.map((who) => [who, declared(row, who)]));
}

function isColumn(who: Who): who is Column {
  return !(who in ALIKE);
}
