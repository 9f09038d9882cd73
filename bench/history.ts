import type { Sql } from 'postgres';
import { createPerson } from '../tests/database/support/people.ts';
import type { Bench } from './support/bench.ts';
import { createGroups, fillChats } from './support/chats.ts';
import { startOwnDatabase } from './support/own-database.ts';
import { pageBefore } from './support/page-query.ts';
import { type Asker, ask, type Clock, compare, execution, planOf, type Query, roundTrip } from './support/queries.ts';
import { row, SUMMARY_HEAD, type Summary, summarise } from './support/samples.ts';

const [SMALL, LARGE] = [10_000, 5_000_000];
const PER_CHAT = 1_000;
const [FEW, MANY] = [10, 200];
const TURNS = { turns: 20, perTurn: 50 };
const FEW_TURNS = { turns: 10, perTurn: 4 };

interface Reader {
  readonly sql: Sql;
  readonly id: string;
  readonly chats: readonly string[];
}

/** Pages of 50 messages in a small and in a large table, with and without row-level security, and what a person with many chats costs. */
export const history: Bench = async ({ progress }) => {
  const [small, large] = [await startOwnDatabase(), await startOwnDatabase()];
  try {
    const ana = await createReader(small.sql, 'ana', FEW);
    await fill(ana, ana.chats, progress);

    const [ben, cy] = [await createReader(large.sql, 'ben', FEW), await createReader(large.sql, 'cy', MANY)];
    const rest = await createReader(large.sql, 'dora', LARGE / PER_CHAT - FEW - MANY);
    // In turns, as chats are written in life: the messages of one lie far apart.
    await fill(rest, [...ben.chats, ...cy.chats, ...rest.chats], progress);

    progress('history: pages');
    const unseen = summarise(await ask(pages(cy, 'member'), TURNS.perTurn, roundTrip));
    const found = {
      ...{
        tripped: await comparePages([ana, ben, cy], roundTrip),
        executed: await comparePages([ana, ben, cy], execution),
      },
      ...{ unseen, plans: [await planOf(pages(cy, 'member')), await planOf(pages(cy, 'superuser'))] },
    };
    progress('history: what many chats cost');
    return { title: 'History', lines: report({ ...found, costs: await measureMany(cy) }) };
  } finally {
    await small.stop();
    await large.stop();
  }
};

async function fill({ sql, id }: Reader, chats: readonly string[], progress: (line: string) => void): Promise<void> {
  // Millions of search vectors take minutes to make, and no page uses them.
  await sql`drop index public.messages_by_words`;
  const options = { chats, authors: [id], perChat: PER_CHAT, log: false };
  await fillChats(sql, options, (done) => progress(`history: ${done} rows`));
  await sql`vacuum analyze`;
}

async function createReader(sql: Sql, name: string, chats: number): Promise<Reader> {
  const { id } = await createPerson(sql, name);
  return { sql, id, chats: await createGroups(sql, [id], chats) };
}

/** Asks for a page somewhere in one of the reader's chats, another one each time. */
function pages({ sql, id, chats }: Reader, as: Asker['as']): Asker {
  let turn = 0;
  return {
    sql,
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

const TABLES = ['small', 'large', 'many'] as const;
type PageName = `${(typeof TABLES)[number]} ${Asker['as']}`;
type Pages = Readonly<Record<PageName, Summary>>;

interface Found {
  readonly tripped: Pages;
  readonly executed: Pages;
  readonly unseen: Summary;
  readonly plans: readonly string[];
  readonly costs: readonly Cost[];
}

/** All readers in turns, one for each table. */
function comparePages(readers: readonly Reader[], clock: Clock): Promise<Pages> {
  const askers = readers.flatMap((reader, index) =>
    (['member', 'superuser'] as const).map((as) => [`${TABLES[index]} ${as}`, pages(reader, as)] as const),
  );
  return compare(Object.fromEntries(askers) as Record<PageName, Asker>, { clock, ...TURNS });
}

/** What a person in many chats asks for besides pages, as that person and as the superuser. */
async function measureMany({ sql, id, chats }: Reader): Promise<Cost[]> {
  const costs: Cost[] = [];
  const measure = async (name: string, query: Query, turns: { turns: number; perTurn: number }) => {
    const asker = (as: Asker['as']): Asker => ({ sql, userId: id, as, query: () => query });
    const askers = { member: asker('member'), superuser: asker('superuser') };
    costs.push({ name, ...(await compare(askers, { clock: roundTrip, ...turns })) });
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

function report({ tripped, executed, unseen, plans, costs }: Found): string[] {
  const names = {
    small: `${thousands(SMALL)} rows, ${FEW} chats`,
    large: `${thousands(LARGE)} rows, ${FEW} chats`,
    many: `${thousands(LARGE)} rows, ${MANY} chats`,
  };
  const pageRows = TABLES.flatMap((table) => [
    row(`${names[table]}: page`, tripped[`${table} member`], 2),
    row(`${names[table]}: floor, without row-level security`, tripped[`${table} superuser`], 2),
    row(`${names[table]}: page, in the server alone`, executed[`${table} member`], 2),
    row(`${names[table]}: floor, in the server alone`, executed[`${table} superuser`], 2),
  ]);
  const growth = (of: Pages) => ratio(of['large member'], of['small member']);
  const security = (of: Pages, table: 'large' | 'many') => ratio(of[`${table} member`], of[`${table} superuser`]);
  return [
    SUMMARY_HEAD,
    ...pageRows,
    row(`${names.many}: pages that nobody asked for before`, unseen, 2),
    ...costs.flatMap(({ name, member, superuser }) => [
      row(`${MANY} chats: ${name}`, member, 2),
      row(`${MANY} chats: floor, without row-level security`, superuser, 2),
    ]),
    '',
    `Pages of 50 from the query that PostgREST makes of \`readPage\`, prepared, somewhere in chats of ${thousands(PER_CHAT)} messages that were written in turns; without the index of the search, which they do not use. Each person is in as many chats as is said.`,
    '',
    `Aim: ${thousands(LARGE)} rows ≤ 1.3 × ${thousands(SMALL)}. Seen: ${growth(executed)} × in the server, ${growth(tripped)} × with the way to it and back. Aim: ≤ 1.5 × with row-level security. Seen with ${FEW} and with ${MANY} chats: ${security(executed, 'large')} × and ${security(executed, 'many')} × in the server, ${security(tripped, 'large')} × and ${security(tripped, 'many')} × with the way. ${costs.map(({ name, member, superuser }) => `${name}: ${ratio(member, superuser)} ×.`).join(' ')}`,
    '',
    'Plans of a page, from the top: node (rows × loops; pages of 8 kB in the cache + read).',
    '',
    `- as a member: ${plans[0]}`,
    `- without row-level security: ${plans[1]}`,
  ];
}

const ratio = (a: Summary, b: Summary) => (a.p50 / b.p50).toFixed(2);

function thousands(count: number): string {
  return count.toLocaleString('en');
}
