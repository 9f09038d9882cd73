import type { Message } from '../model/chat.ts';
import type { SearchQuery } from '../model/search.ts';
import { type Backend, run } from './backend.ts';
import { messageRow } from './wire/messages.ts';
import { parseRows } from './wire/rows.ts';

/** The caller's messages that match, latest first, at most `limit`. */
export async function searchMessages(
  backend: Backend,
  query: Omit<SearchQuery, 'from'> & { readonly authorId: string | null },
  limit: number,
): Promise<Message[]> {
  const { text, chatId, authorId, page = null, before } = query;
  const args = {
    p_query: text,
    ...(chatId === null ? {} : { p_chat: chatId }),
    ...(authorId === null ? {} : { p_author: authorId }),
    ...(page === null ? {} : { p_page: page }),
    ...(before === null ? {} : { p_before: before }),
    p_limit: limit,
  };
  return parseRows(messageRow, await run(backend, () => backend.client.rpc('search_messages', args).throwOnError()));
}
