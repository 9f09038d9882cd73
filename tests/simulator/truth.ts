import type { Sql } from 'postgres';
import { summaryRow } from '../../lib/data/wire/chats.ts';
import { messageRow } from '../../lib/data/wire/messages.ts';
import { parseRow } from '../../lib/data/wire/rows.ts';
import type { ChatSummary, Message } from '../../lib/model/chat.ts';

/** What the server shows one person of a chat. */
export interface Truth {
  /** Its line on the person's list; null: none. */
  readonly summary: ChatSummary | null;
  /** In the server's order. */
  readonly messages: readonly Message[];
}

/** Asks under the person's own rights: what the policies hide is not there. */
export function readTruth(sql: Sql, userId: string, chatId: string): Promise<Truth> {
  return sql.begin(async (transaction) => {
    await transaction`select set_config('role', 'authenticated', true),
      set_config('request.jwt.claims', ${JSON.stringify({ sub: userId, role: 'authenticated' })}, true)`;
    const [line] = await transaction<{ row: unknown }[]>`
      select c as row from public.my_chats() c where c ->> 'id' = ${chatId}`;
    const messages = await transaction<{ row: unknown }[]>`
      select to_jsonb(m) as row from (
        select id, chat_id, seq, kind, author_id, body, target, status, reply_to, notice, created_at, edited_at, deleted_at,
          mentions, mentions_all, reactions, attachments
        from public.messages where chat_id = ${chatId}) m
      order by m.seq`;
    return {
      summary: line === undefined ? null : parseRow(summaryRow, line.row),
      messages: messages.map(({ row }) => parseRow(messageRow, row)),
    };
  }) as Promise<Truth>;
}
