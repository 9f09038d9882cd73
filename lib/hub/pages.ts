import type { Message } from '../model/chat.ts';
import { mergeMessages, type Piece } from '../model/piece.ts';
import type { ViewReader } from './view-reader.ts';
import type { Views } from './views.ts';

/** Pieces of a chat for one panel, wherever in the chat it is. All reject with `unreachable` where the store does not reach. */
export interface Pages {
  /** The page before a seq. */
  older(chatId: string, beforeSeq: number): Promise<Pick<Piece, 'messages' | 'hasOlder'>>;
  /** The page after a seq. */
  newer(chatId: string, afterSeq: number): Promise<Pick<Piece, 'messages' | 'hasNewer'>>;
  /** What stands around a seq; null: the end of the chat. */
  around(chatId: string, seq: number | null): Promise<Piece>;
}

interface Deps {
  readonly reader: Pick<ViewReader, 'readOlder' | 'readNewer'>;
  readonly views: Pick<Views, 'get' | 'listenWhile'>;
}

/** A page is read while messages change. What was heard meanwhile is newer than the page, and panels were told before it. */
export function createPages({ reader, views }: Deps): Pages {
  async function older(chatId: string, beforeSeq: number) {
    const { value, heard } = await views.listenWhile(chatId, () => reader.readOlder(chatId, beforeSeq));
    return { ...value, messages: withNewest(value.messages, heard) };
  }

  async function newer(chatId: string, afterSeq: number) {
    const { value, heard } = await views.listenWhile(chatId, () => reader.readNewer(chatId, afterSeq));
    return toEnd(chatId, { ...value, messages: withNewest(value.messages, heard) });
  }

  /** A page that reached the end goes on with what has been said since: the panel, further up, was not listening. */
  function toEnd(chatId: string, page: Pick<Piece, 'messages' | 'hasNewer'>): Pick<Piece, 'messages' | 'hasNewer'> {
    const tail = views.get(chatId)?.messages ?? [];
    const last = page.messages.at(-1);
    if (page.hasNewer || last === undefined) return page;
    if (!tail.some(({ id }) => id === last.id)) return { ...page, hasNewer: (tail.at(-1)?.seq ?? 0) > last.seq };
    return {
      ...page,
      messages: mergeMessages(
        page.messages,
        tail.filter(({ seq }) => seq > last.seq),
      ),
    };
  }

  return {
    older,
    newer,
    async around(chatId, seq) {
      if (seq === null) {
        const { messages = [], hasOlder = false } = views.get(chatId) ?? {};
        return { messages, hasOlder, hasNewer: false };
      }
      const [before, after] = await Promise.all([older(chatId, seq + 1), newer(chatId, seq)]);
      return { ...before, ...after, messages: [...before.messages, ...after.messages] };
    },
  };
}

function withNewest(messages: readonly Message[], heard: readonly Message[]): readonly Message[] {
  const byId = new Map(heard.map((message) => [message.id, message]));
  return messages.map((message) => byId.get(message.id) ?? message);
}
