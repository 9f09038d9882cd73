import type { Sql, TransactionSql } from 'postgres';
import { become, person } from '../../tests/database/support/actors.ts';
import { type Summary, summarise } from './samples.ts';

export interface Query {
  readonly text: string;
  readonly parameters?: readonly (string | number)[];
}

/** Who asks what: a member, or the superuser with that member's claims, whom row-level security does not concern. */
export interface Asker {
  readonly sql: Sql;
  readonly userId: string;
  readonly as: 'member' | 'superuser';
  query(): Query;
}

export type Clock = (tx: TransactionSql, query: Query) => Promise<number>;

/** Milliseconds until the answer is here. Prepared, as PostgREST does. */
export const roundTrip: Clock = async (tx, { text, parameters = [] }) => {
  const start = performance.now();
  await tx.unsafe(text, [...parameters], { prepare: true });
  return performance.now() - start;
};

/** Milliseconds that the server says it worked on a plan made for these very parameters; planning is not in it. */
export const execution: Clock = async (tx, query) => {
  const [row] = await explain(tx, query, 'timing off');
  return row['Execution Time'];
};

/** Lets all ask in turns, so that what disturbs one disturbs the others. The first turn of each is not counted. */
export async function compare<Name extends string>(
  askers: Readonly<Record<Name, Asker>>,
  { clock, turns, perTurn }: { readonly clock: Clock; readonly turns: number; readonly perTurn: number },
): Promise<Record<Name, Summary>> {
  const names = Object.keys(askers) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let turn = 0; turn <= turns; turn++) {
    for (const name of names) {
      const taken = await ask(askers[name], perTurn, clock);
      if (turn > 0) samples[name].push(...taken);
    }
  }
  return Object.fromEntries(names.map((name) => [name, summarise(samples[name])])) as Record<Name, Summary>;
}

/** One asker's times, beginning with what nobody asked before. */
export async function ask(asker: Asker, times: number, clock: Clock): Promise<number[]> {
  return speakAs(asker, async (tx) => {
    // Statements prepared under another role are planned anew: not of interest here.
    await clock(tx, { text: 'select 1' });
    const samples: number[] = [];
    for (let time = 0; time < times; time++) samples.push(await clock(tx, asker.query()));
    return samples;
  });
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Scan Direction'?: string;
  readonly 'Index Name'?: string;
  readonly 'Relation Name'?: string;
  readonly 'Function Name'?: string;
  readonly 'Subplan Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly PlanNode[];
}

interface Explained {
  readonly Plan: PlanNode;
  readonly 'Execution Time': number;
}

/** The plan in one line, from the top: each node with its index, rows × loops, and the pages it took from the cache and from outside. */
export async function planOf(asker: Asker): Promise<string> {
  const [{ Plan }] = await speakAs(asker, (tx) => explain(tx, asker.query(), 'buffers'));
  const flatten = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(flatten)];
  return flatten(Plan).map(describe).join(' → ');
}

function describe(node: PlanNode): string {
  const of = node['Index Name'] ?? node['Relation Name'] ?? node['Function Name'];
  const what = `${node['Subplan Name'] ? `${node['Subplan Name']}: ` : ''}${node['Node Type']}${of === undefined ? '' : ` ${of}`}`;
  return `${what} (${node['Actual Rows']} × ${node['Actual Loops']}; ${node['Shared Hit Blocks']} + ${node['Shared Read Blocks']})`;
}

async function explain(tx: TransactionSql, { text, parameters = [] }: Query, options: string): Promise<[Explained]> {
  const [row] = await tx.unsafe<{ 'QUERY PLAN': [Explained] }[]>(`explain (analyze, ${options}, format json) ${text}`, [
    ...parameters,
  ]);
  if (row === undefined) throw new Error('no plan');
  return row['QUERY PLAN'];
}

async function speakAs<T>({ sql, userId, as }: Asker, work: (tx: TransactionSql) => Promise<T>): Promise<T> {
  const { value } = await sql.begin(async (tx) => {
    await become(tx, person(userId));
    if (as === 'superuser') await tx`select set_config('role', 'none', true)`;
    return { value: await work(tx) };
  });
  return value;
}
