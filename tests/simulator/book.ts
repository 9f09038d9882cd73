import type { Sql } from 'postgres';

/** What the server says of a chat. */
export interface Book {
  readonly chatId: string;
  readonly lastSeq: number;
  readonly members: ReadonlySet<string>;
  /** Seq of the last removal of everyone who ever went. */
  readonly removals: ReadonlyMap<string, number>;
  readonly ids: ReadonlySet<string>;
  /** Holes and doubles in the log, as sentences. */
  readonly gaps: readonly string[];
}

export async function readBook(sql: Sql, chatId: string): Promise<Book> {
  const [chat] = await sql<{ last_seq: string }[]>`select last_seq from public.chats where id = ${chatId}`;
  const lastSeq = Number(chat?.last_seq);
  const members = await sql<{ user_id: string }[]>`select user_id from public.members where chat_id = ${chatId}`;
  const gone = await sql<{ user_id: string; seq: string }[]>`
    select f.user_id, max(c.seq) as seq from private.former_members f
    join public.changes c on c.chat_id = f.chat_id and c.kind = 'member' and c.entity_id = f.user_id
    where f.chat_id = ${chatId} group by f.user_id`;
  const messages = await sql<{ id: string }[]>`select id from public.messages where chat_id = ${chatId}`;
  const changes = await sql<{ seq: string }[]>`select seq from public.changes where chat_id = ${chatId} order by seq`;
  const gaps = changes.flatMap(({ seq }, index) =>
    Number(seq) === index + 1 ? [] : [`${seq} stands at ${index + 1}`],
  );
  if (changes.length !== lastSeq) gaps.push(`the log has ${changes.length} changes, the chat counts ${lastSeq}`);
  return {
    ...{ chatId, lastSeq, gaps: gaps.slice(0, 3) },
    members: new Set(members.map(({ user_id }) => user_id)),
    removals: new Map(gone.map(({ user_id, seq }) => [user_id, Number(seq)])),
    ids: new Set(messages.map(({ id }) => id)),
  };
}

/** Ids of the messages that the policies show this person, in the server's order. */
export function readAs(sql: Sql, userId: string, chatId: string): Promise<string[]> {
  return sql.begin(async (transaction) => {
    await transaction`select set_config('role', 'authenticated', true),
      set_config('request.jwt.claims', ${JSON.stringify({ sub: userId, role: 'authenticated' })}, true)`;
    const rows = await transaction<{ id: string }[]>`
      select id from public.messages where chat_id = ${chatId} order by seq`;
    return rows.map(({ id }) => id);
  }) as Promise<string[]>;
}
