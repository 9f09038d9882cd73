import { beforeAll, expect, test } from 'vitest';
import { as, person } from './support/actors.ts';
import { createGroup } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson } from './support/people.ts';

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly Plans?: readonly Plan[];
}

const MESSAGES = 100_000;
const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');
const chat = await createGroup(sql, ana, [ben]);

beforeAll(async () => {
  // Rows only: 100,000 times locking, logging and broadcasting is not what is looked at here.
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`insert into public.messages (id, chat_id, seq, author_id, body)
      select gen_random_uuid(), ${chat}, 10 + i, ${ben.id}, 'message ' || i from generate_series(1, ${MESSAGES}) i`;
    await tx`insert into public.changes (chat_id, seq, kind, entity_id)
      select chat_id, seq, 'message', id from public.messages where chat_id = ${chat} and seq > 10`;
    await tx`insert into public.chats (id, kind, title, reply_mode)
      select gen_random_uuid(), 'group', 'Other ' || i, 'mention' from generate_series(1, 500) i`;
    await tx`insert into public.members (chat_id, user_id)
      select id, ${ben.id} from public.chats where id <> ${chat}`;
    await tx`update public.chats set last_seq = 10 + ${MESSAGES}::bigint where id = ${chat}`;
  });
  await sql`analyze`;
});

/** The nodes that read tables, when somebody runs the query. */
async function scansOf(query: string, who = ana): Promise<Plan[]> {
  const [row] = await as(sql, person(who.id), (tx) =>
    tx.unsafe<{ 'QUERY PLAN': [{ Plan: Plan }] }[]>(`explain (analyze, format json) ${query}`),
  );
  if (row === undefined) throw new Error('no plan');
  const flatten = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flatten)];
  return flatten(row['QUERY PLAN'][0].Plan).filter((plan) => plan['Relation Name'] !== undefined);
}

/** The body of a function that is not inlined, as the query that it runs. */
async function bodyOf(name: string, args: Readonly<Record<string, string>>): Promise<string> {
  const [row] = await sql<{ body: string }[]>`select prosrc as body from pg_proc where oid = ${name}::regproc`;
  if (row === undefined) throw new Error(`no function ${name}`);
  return Object.entries(args).reduce(
    (body, [arg, value]) => body.replaceAll(new RegExp(`\\b${arg}\\b`, 'g'), value),
    row.body,
  );
}

const rowsRead = (scans: readonly Plan[], table: string) =>
  scans
    .filter((scan) => scan['Relation Name'] === table)
    .reduce((sum, scan) => sum + scan['Actual Rows'] * scan['Actual Loops'], 0);

test('[MSG8] a page of history is read from the index by seq, and no row more than the page', async () => {
  const scans = await scansOf(
    `select * from public.messages where chat_id = '${chat}' and seq < 60000 order by seq desc limit 50`,
  );
  expect(scans.find((scan) => scan['Relation Name'] === 'messages')).toMatchObject({
    'Node Type': 'Index Scan',
    'Index Name': 'messages_order',
  });
  expect(rowsRead(scans, 'messages')).toBe(50);
});

test('[MSG8] a page of history looks the membership up by its key, and the other chats of its reader not at all', async () => {
  const scans = await scansOf(
    `select * from public.messages where chat_id = '${chat}' and seq < 60000 order by seq desc limit 50`,
    ben,
  );
  const memberships = scans.filter((scan) => scan['Relation Name'] === 'members' && scan['Actual Loops'] > 0);
  expect(memberships.map((scan) => scan['Node Type'])).toEqual(['Index Scan']);
  expect(rowsRead(scans, 'members')).toBe(50);
});

test('[MSG3] catching up reads the changes after the cursor from the primary key, and each message by its id', async () => {
  const scans = await scansOf(
    await bodyOf('private.catch_up_unfiltered', { p_chat: `'${chat}'`, p_after: '60000', p_limit: '200' }),
  );
  expect(scans.find((scan) => scan['Relation Name'] === 'changes')).toMatchObject({
    'Node Type': 'Index Scan',
    'Index Name': 'changes_pkey',
  });
  expect(rowsRead(scans, 'changes')).toBe(200);
  const content = await scansOf(`select private.message_json(m) from public.messages m where m.id = '${chat}'`);
  expect(content.find((scan) => scan['Relation Name'] === 'messages')).toMatchObject({
    'Node Type': 'Index Scan',
    'Index Name': 'messages_pkey',
  });
});

test.for([
  ['all of them', 10, 500],
  ['the last three', MESSAGES + 7, 3],
  ['none', MESSAGES + 10, 0],
] as const)(
  'the list of chats reads at most 500 unread messages, here %s, and the last one',
  async ([, read, unread]) => {
    await sql`update public.members set last_read_seq = ${read} where chat_id = ${chat} and user_id = ${ana.id}`;
    const scans = await scansOf(await bodyOf('private.my_chats_unfiltered', {}));
    const messages = scans.filter((scan) => scan['Relation Name'] === 'messages');
    // The third looks for what was said since the chat was put away, which this one was not.
    expect(messages.map((scan) => scan['Index Name'])).toEqual(['messages_order', 'messages_order', 'messages_order']);
    expect(rowsRead(scans, 'messages')).toBe(unread + 1);
  },
);
