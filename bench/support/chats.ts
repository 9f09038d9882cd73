import type { Sql } from 'postgres';
import { newId } from '../../lib/model/ids.ts';
import { as, person } from '../../tests/database/support/actors.ts';

/** Groups of the first person with all the others in them, made by SQL; their ids. */
export async function createGroups(sql: Sql, people: readonly string[], count: number): Promise<string[]> {
  const [creator = '', ...others] = people;
  const chats = Array.from({ length: count }, () => newId());
  await as(sql, person(creator), async (tx) => {
    await tx`select public.create_chat(id, 'group', 'Group ' || n) from unnest(${chats}::uuid[]) with ordinality as made (id, n)`;
  });
  await sql`
    insert into public.members (chat_id, user_id)
    select chat, who from unnest(${chats}::uuid[]) chat, unnest(${others}::uuid[]) who`;
  return chats;
}

/** A message of somebody in every chat in turn, until each has `perChat` more; read by all. `log`: whether the log of changes has them as well. */
export async function fillChats(
  sql: Sql,
  { chats, authors, perChat, log = true }: FillOptions,
  progress: (done: number) => void = () => {},
): Promise<void> {
  const total = chats.length * perChat;
  const rows = await sql<{ id: string; last_seq: string }[]>`
    select id, last_seq from public.chats where id = any (${[...chats]}::uuid[])`;
  const [ids, bases] = [rows.map(({ id }) => id), rows.map(({ last_seq }) => Number(last_seq))];
  const [{ taken } = { taken: '0' }] = await sql<{ taken: string }[]>`select count(*) as taken from public.messages`;
  for (let from = 0; from < total; from += BATCH) {
    progress(from);
    await sql.begin(async (tx) => {
      // Rows only: no locking, logging and broadcasting. The ids ascend, as those that clients make.
      await tx`set local session_replication_role = replica`;
      await tx`
        insert into public.messages (id, chat_id, seq, author_id, body)
        select lpad(to_hex(${Number(taken)}::bigint + i), 32, '0')::uuid, (${ids}::uuid[])[1 + i % ${ids.length}],
          (${bases}::bigint[])[1 + i % ${ids.length}] + 1 + i / ${ids.length}, (${[...authors]}::uuid[])[1 + i % ${authors.length}],
          'message ' || i || repeat(' and more words', (i % 12)::integer)
        from generate_series(${from}::bigint, ${Math.min(from + BATCH, total) - 1}::bigint) i`;
    });
  }
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    if (log)
      await tx`
        insert into public.changes (chat_id, seq, kind, entity_id)
        select m.chat_id, m.seq, 'message', m.id from public.messages m join public.chats c on c.id = m.chat_id
        where c.id = any (${ids}::uuid[]) and m.seq > c.last_seq`;
    await tx`update public.chats set last_seq = last_seq + ${perChat} where id = any (${ids}::uuid[])`;
    await tx`
      update public.members m set last_read_seq = c.last_seq
      from public.chats c where c.id = m.chat_id and c.id = any (${ids}::uuid[])`;
  });
}

interface FillOptions {
  readonly chats: readonly string[];
  readonly authors: readonly string[];
  readonly perChat: number;
  readonly log?: boolean;
}

const BATCH = 250_000;
