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
    return toEnd(chatId, afterSeq, { ...value, messages: withNewest(value.messages, heard) });
  }

  /**
   * A page that reached the end goes on with what has been said since: the panel, further up, was not listening. To be called when
   * nothing is waited for any more: what is heard after it, the panel hears too.
   */
  function toEnd<P extends Pick<Piece, 'messages' | 'hasNewer'>>(chatId: string, afterSeq: number, page: P): P {
    if (page.hasNewer) return page;
    const tail = views.get(chatId)?.messages;
    // Until the view is loaded nothing that is heard reaches the panel.
    if (tail === undefined) return { ...page, hasNewer: true };
    const last = page.messages.at(-1)?.seq ?? afterSeq;
    if (!tail.some(({ seq }) => seq === last)) return { ...page, hasNewer: (tail.at(-1)?.seq ?? 0) > last };
    return {
      ...page,
      messages: mergeMessages(
        page.messages,
        tail.filter(({ seq }) => seq > last),
      ),
    };
  }

  return {
    older,
    newer,
    async around(chatId, seq) {
      if (seq === null) {
        const view = views.get(chatId);
        if (view !== null) return { messages: view.messages, hasOlder: view.hasOlder, hasNewer: false };
        return toEnd(chatId, 0, { ...(await older(chatId, Number.MAX_SAFE_INTEGER)), hasNewer: false });
      }
      const read = () => Promise.all([reader.readOlder(chatId, seq + 1), reader.readNewer(chatId, seq)]);
      const { value, heard } = await views.listenWhile(chatId, read);
      const [before, after] = value;
      const messages = withNewest([...before.messages, ...after.messages], heard);
      return toEnd(chatId, seq, { messages, hasOlder: before.hasOlder, hasNewer: after.hasNewer });
    },
  };
}

function withNewest(messages: readonly Message[], heard: readonly Message[]): readonly Message[] {
  const byId = new Map(heard.map((message) => [message.id, message]));
  return messages.map((message) => byId.get(message.id) ?? message);
}
