import type { Sql } from 'postgres';
import { createPerson } from '../tests/database/support/people.ts';
import type { Bench } from './support/bench.ts';
import { createGroups, fillChats } from './support/chats.ts';
import { startOwnDatabase } from './support/own-database.ts';
import { pageBefore } from './support/page-query.ts';
import { type Asker, ask, compare, execution, planOf, type Query, roundTrip } from './support/queries.ts';
import { row, SUMMARY_HEAD, type Summary, summarise } from './support/samples.ts';

const [SMALL, LARGE] = [10_000, 5_000_000];
const PER_CHAT = 1_000;
const [FEW, MANY] = [10, 200];
const TURNS = { turns: 20, perTurn: 50 };
const FEW_TURNS = { turns: 10, perTurn: 4 };

interface Reader {
  readonly id: string;
  readonly chats: readonly string[];
}

/** Pages of 50 messages in a small and in a large table, with and without row-level security, and what a person with many chats costs. */
export const history: Bench = async ({ progress }) => {
  const { sql, stop } = await startOwnDatabase();
  const fill = (chats: readonly string[], authors: readonly string[]) =>
    fillChats(sql, { chats, authors, perChat: PER_CHAT, log: false }, (done) => progress(`history: ${done} rows`));
  try {
    // Millions of search vectors take minutes to make, and no page uses them.
    await sql`drop index public.messages_by_words`;
    const ana = await createReader(sql, 'ana', FEW);
    await fill(ana.chats, [ana.id]);
    await sql`vacuum analyze`;
    const small = await comparePages(sql, ana);

    const [ben, cy] = [await createReader(sql, 'ben', FEW), await createReader(sql, 'cy', MANY)];
    const rest = await createReader(sql, 'dora', (LARGE - SMALL) / PER_CHAT - FEW - MANY);
    // In turns, as chats are written in life: the messages of one lie far apart.
    await fill([...ben.chats, ...cy.chats, ...rest.chats], [ben.id, cy.id, rest.id]);
    await sql`vacuum analyze`;
    progress('history: pages of the large table');
    const unseen = summarise(await ask(sql, pages(cy, 'member'), TURNS.perTurn, roundTrip));
    const large = await comparePages(sql, ben);
    const many = await comparePages(sql, cy);
    const plans = {
      member: await planOf(sql, pages(cy, 'member')),
      superuser: await planOf(sql, pages(cy, 'superuser')),
    };
    progress('history: what many chats cost');
    const costs = await measureMany(sql, cy);
    return { title: 'History', lines: report({ small, large, many, unseen, costs, plans }) };
  } finally {
    await stop();
  }
};

async function createReader(sql: Sql, name: string, chats: number): Promise<Reader> {
  const { id } = await createPerson(sql, name);
  return { id, chats: await createGroups(sql, [id], chats) };
}

/** Asks for a page somewhere in one of the reader's chats, another one each time. */
function pages({ id, chats }: Reader, as: Asker['as']): Asker {
  let turn = 0;
  return {
    userId: id,
    as,
    query: () => pageBefore(chats[turn++ % chats.length] ?? '', 100 + ((turn * 37) % (PER_CHAT - 100))),
  };
}

interface Cost {
  readonly name: string;
  readonly member: Summary;
  readonly superuser: Summary;
}

interface Found extends Readonly<Record<'small' | 'large' | 'many', Pages>> {
  readonly unseen: Summary;
  readonly costs: readonly Cost[];
  readonly plans: Readonly<Record<Asker['as'], string>>;
}

interface Pages {
  readonly member: Summary;
  readonly superuser: Summary;
  readonly executed: Readonly<Record<Asker['as'], Summary>>;
}

async function comparePages(sql: Sql, reader: Reader): Promise<Pages> {
  const askers = { member: pages(reader, 'member'), superuser: pages(reader, 'superuser') };
  const { member, superuser } = await compare(sql, askers, { clock: roundTrip, ...TURNS });
  return { member, superuser, executed: await compare(sql, askers, { clock: execution, ...TURNS }) };
}

/** What a person in many chats asks for besides pages, as that person and as the superuser. */
async function measureMany(sql: Sql, { id, chats }: Reader): Promise<Cost[]> {
  const costs: Cost[] = [];
  const measure = async (name: string, query: Query, turns: { turns: number; perTurn: number }) => {
    const asker = (as: Asker['as']): Asker => ({ userId: id, as, query: () => query });
    const askers = { member: asker('member'), superuser: asker('superuser') };
    costs.push({ name, ...(await compare(sql, askers, { clock: roundTrip, ...turns })) });
  };
  for (const unread of [5, 500]) {
    await sql`update public.members set last_read_seq = ${PER_CHAT - unread} where user_id = ${id}`;
    await measure(`my_chats(), ${unread} unread in each`, { text: 'select * from public.my_chats()' }, FEW_TURNS);
  }
  const [chat = ''] = chats;
  await sql`
    insert into public.changes (chat_id, seq, kind, entity_id)
    select chat_id, seq, 'message', id from public.messages where chat_id = ${chat} and kind = 'member'`;
  const catchUp = { text: 'select * from public.catch_up($1, $2, 200)', parameters: [chat, 300] };
  await measure('catch_up() of 200 changes', catchUp, FEW_TURNS);
  return costs;
}

function report({ small, large, many, unseen, costs, plans }: Found): string[] {
  const tables = {
    [`${thousands(SMALL)} rows, ${FEW} chats`]: small,
    [`${thousands(LARGE)} rows, ${FEW} chats`]: large,
  };
  const all = { ...tables, [`${thousands(LARGE)} rows, ${MANY} chats`]: many };
  const pageRows = Object.entries(all).flatMap(([name, { member, superuser, executed }]) => [
    row(`${name}: page`, member, 2),
    row(`${name}: floor, without row-level security`, superuser, 2),
    row(`${name}: page, in the server alone`, executed.member, 2),
    row(`${name}: floor, in the server alone`, executed.superuser, 2),
  ]);
  const growth = ratio(large.executed.member, small.executed.member);
  return [
    SUMMARY_HEAD,
    ...pageRows,
    row(`${thousands(LARGE)} rows, ${MANY} chats: pages that nobody asked for before`, unseen, 2),
    ...costs.flatMap(({ name, member, superuser }) => [
      row(`${MANY} chats: ${name}`, member, 2),
      row(`${MANY} chats: floor, without row-level security`, superuser, 2),
    ]),
    '',
    `Pages of 50 from the query that PostgREST makes of \`readPage\`, prepared, somewhere in chats of ${thousands(PER_CHAT)} messages that were written in turns; without the index of the search, which they do not use. Each person is in as many chats as is said.`,
    '',
    `Aim: ${thousands(LARGE)} rows ≤ 1.3 × ${thousands(SMALL)}. Seen: ${growth} × in the server, ${ratio(large.member, small.member)} × with the way to it and back. Aim: ≤ 1.5 × with row-level security. Seen with ${FEW} and with ${MANY} chats: ${ratio(large.executed.member, large.executed.superuser)} × and ${ratio(many.executed.member, many.executed.superuser)} × in the server, ${ratio(large.member, large.superuser)} × and ${ratio(many.member, many.superuser)} × with the way. ${costs.map(({ name, member, superuser }) => `${name}: ${ratio(member, superuser)} ×.`).join(' ')}`,
    '',
    'Plans of a page, from the top: node (rows × loops; pages of 8 kB in the cache + read).',
    '',
    `- as a member: ${plans.member}`,
    `- without row-level security: ${plans.superuser}`,
  ];
}

const ratio = (a: Summary, b: Summary) => (a.p50 / b.p50).toFixed(2);

function thousands(count: number): string {
  return count.toLocaleString('en');
}
