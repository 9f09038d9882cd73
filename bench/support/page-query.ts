import type { Query } from './queries.ts';

const COLUMNS = [
  ...['id', 'chat_id', 'seq', 'kind', 'author_id', 'body', 'target', 'status', 'reply_to', 'notice'],
  ...['created_at', 'edited_at', 'deleted_at', 'mentions', 'mentions_all', 'reactions'],
].map((column) => `"public"."messages"."${column}"`);

/** What PostgREST makes of `readPage` in lib/data/messages.ts. */
const TEXT = `
  with pgrst_source as (
    select ${COLUMNS.join(', ')},
      coalesce("messages_hidden_reactions_1"."messages_hidden_reactions_1", '[]') as "hidden_reactions"
    from "public"."messages"
    left join lateral (
      select json_agg("messages_hidden_reactions_1")::jsonb as "messages_hidden_reactions_1"
      from (
        select "hidden_reactions_1"."emoji", "hidden_reactions_1"."user_id", "hidden_reactions_1"."created_at"
        from "public"."hidden_reactions" as "hidden_reactions_1"
        where "hidden_reactions_1"."message_id" = "public"."messages"."id") as "messages_hidden_reactions_1"
    ) as "messages_hidden_reactions_1" on true
    where "public"."messages"."chat_id" = $1 and "public"."messages"."seq" < $2
    order by "public"."messages"."seq" desc limit $3 offset $4)
  select null::bigint as total_result_set, pg_catalog.count(_postgrest_t) as page_total,
    coalesce(json_agg(_postgrest_t), '[]')::text as body,
    nullif(current_setting('response.headers', true), '') as response_headers,
    nullif(current_setting('response.status', true), '') as response_status, '' as response_inserted
  from (select * from pgrst_source) _postgrest_t`;

/** A page of 50 before a seq, and one more to know whether there are older ones. */
export function pageBefore(chatId: string, seq: number): Query {
  return { text: TEXT, parameters: [chatId, seq, 51, 0] };
}
