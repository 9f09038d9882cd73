import type { Sql } from 'postgres';

/** What the server says of a chat. All times are milliseconds since 1970. */
export interface Book {
  readonly chatId: string;
  readonly lastSeq: number;
  /** Seqs of the log, ascending. */
  readonly log: readonly number[];
  readonly members: ReadonlySet<string>;
  /** Everybody's times in the chat, the oldest first. */
  readonly stays: ReadonlyMap<string, readonly Stay[]>;
  /** Of everyone who ever went: what the log says of their last going. */
  readonly removals: ReadonlyMap<string, { readonly seq: number; readonly at: number }>;
  /** By person: what was said of their going and coming back, in order. */
  readonly absences: ReadonlyMap<string, readonly Absence[]>;
  /** Seqs of all messages by id. */
  readonly seqs: ReadonlyMap<string, number>;
  readonly deleted: ReadonlySet<string>;
  /** Everything that was ever said and is not deleted. */
  readonly wordings: readonly Wording[];
  /** Ids of all files that belong to messages. */
  readonly sentFiles: ReadonlySet<string>;
}

export interface Stay {
  readonly from: number;
  /** Null: goes on. */
  readonly to: number | null;
}

/** From the seq of one notice up to that of another, which was posted at `until`. Null: it goes on. */
export interface Absence {
  readonly from: number;
  readonly to: number | null;
  readonly until: number | null;
}

export interface Wording {
  readonly messageId: string;
  readonly body: string;
  readonly at: number;
}

export async function readBook(sql: Sql, chatId: string): Promise<Book> {
  const [chat] = await sql<{ last_seq: string }[]>`select last_seq from public.chats where id = ${chatId}`;
  const log = await sql<{ seq: string }[]>`select seq from public.changes where chat_id = ${chatId} order by seq`;
  const members = await sql<{ user_id: string }[]>`select user_id from public.members where chat_id = ${chatId}`;
  const messages = await sql<{ id: string; seq: string; deleted: boolean }[]>`
    select id, seq, deleted_at is not null as deleted from public.messages where chat_id = ${chatId}`;
  const files = await sql<{ id: string }[]>`
    select id from public.attachments where chat_id = ${chatId} and message_id is not null`;
  return {
    chatId,
    lastSeq: Number(chat?.last_seq),
    log: log.map(({ seq }) => Number(seq)),
    members: new Set(members.map(({ user_id }) => user_id)),
    stays: await readStays(sql, chatId),
    removals: await readRemovals(sql, chatId),
    absences: await readAbsences(sql, chatId),
    seqs: new Map(messages.map(({ id, seq }) => [id, Number(seq)])),
    deleted: new Set(messages.filter(({ deleted }) => deleted).map(({ id }) => id)),
    wordings: await readWordings(sql, chatId),
    sentFiles: new Set(files.map(({ id }) => id)),
  };
}

async function readStays(sql: Sql, chatId: string): Promise<Book['stays']> {
  const rows = await sql<{ user_id: string; from: number; to: number | null }[]>`
    select user_id, extract(epoch from joined_at)::float8 * 1000 as from, extract(epoch from left_at)::float8 * 1000 as to
    from private.former_members where chat_id = ${chatId}
    union all
    select user_id, extract(epoch from joined_at)::float8 * 1000, null from public.members where chat_id = ${chatId}
    order by 2`;
  return Map.groupBy(rows, ({ user_id }) => user_id);
}

async function readRemovals(sql: Sql, chatId: string): Promise<Book['removals']> {
  const rows = await sql<{ user_id: string; seq: string; at: number }[]>`
    select distinct on (c.entity_id) c.entity_id as user_id, c.seq, extract(epoch from c.created_at)::float8 * 1000 as at
    from public.changes c
    where c.chat_id = ${chatId} and c.kind = 'member'
      and c.entity_id in (select f.user_id from private.former_members f where f.chat_id = ${chatId})
    order by c.entity_id, c.seq desc`;
  return new Map(rows.map(({ user_id, seq, at }) => [user_id, { seq: Number(seq), at }]));
}

/** By the notices, which take the seqs right after the changes that they tell of. */
async function readAbsences(sql: Sql, chatId: string): Promise<Book['absences']> {
  const rows = await sql<{ user_id: string; seq: string; to: string | null; until: number | null; type: string }[]>`
    select n.user_id, n.seq, n.type, lead(n.seq) over person as to, lead(n.at) over person as until
    from (
      select m.notice ->> 'user_id' as user_id, m.notice ->> 'type' as type, m.seq, extract(epoch from m.created_at)::float8 * 1000 as at
      from public.messages m where m.chat_id = ${chatId} and m.notice ->> 'type' in ('joined', 'left', 'removed')) n
    window person as (partition by n.user_id order by n.seq)
    order by n.seq`;
  const gone = rows.filter(({ type }) => type !== 'joined');
  const byUser = Map.groupBy(gone, ({ user_id }) => user_id);
  return new Map(
    [...byUser].map(([userId, absences]) => [
      userId,
      absences.map(({ seq, to, until }) => ({ from: Number(seq), to: to === null ? null : Number(to), until })),
    ]),
  );
}

async function readWordings(sql: Sql, chatId: string): Promise<readonly Wording[]> {
  // A wording that was replaced is as old as the replacing of the one before it.
  const rows = await sql<{ id: string; body: string; at: number }[]>`
    select m.id, w.body, extract(epoch from coalesce(lag(w.until) over (partition by m.id order by w.version), m.created_at))::float8 * 1000 as at
    from public.messages m
    cross join lateral (
      select v.version, v.body, v.replaced_at as until from public.message_versions v where v.message_id = m.id
      union all
      select 1000000, m.body, null) w
    where m.chat_id = ${chatId} and m.kind = 'member' and m.deleted_at is null`;
  return rows.map(({ id, body, at }) => ({ messageId: id, body, at }));
}
