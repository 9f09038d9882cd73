import type { Sql } from 'postgres';

export interface Broadcast {
  readonly id: string;
  readonly topic: string;
  readonly event: string;
  readonly private: boolean;
  readonly payload: Record<string, unknown>;
}

/** What the database has broadcast on topics that begin with `prefix`, by topic and, for changes, by seq. */
export async function broadcasts(sql: Sql, prefix: string): Promise<Broadcast[]> {
  return sql<Broadcast[]>`
    select id, topic, event, private, payload - 'id' as payload from realtime.messages
    where starts_with(topic, ${prefix}) order by topic, (payload ->> 'seq')::bigint, inserted_at`;
}

/** The topic on which a chat's members listen at present. */
export async function topicOf(sql: Sql, chat: string): Promise<string> {
  const [row] = await sql<
    { topic: string }[]
  >`select 'chat:' || id || ':' || epoch as topic from public.chats where id = ${chat}`;
  if (row === undefined) throw new Error(`no chat ${chat}`);
  return row.topic;
}
