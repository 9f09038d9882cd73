import type { ChatEvent, ChatView } from '../model/chat-view.ts';
import { joinLatest } from '../model/piece.ts';
import type { Line } from './panel-line.ts';

/** Which piece of its chat a panel shows. All but `follow` reject with a FailureError, and then nothing has changed. */
export interface PanelPages {
  loadOlder(): Promise<void>;
  loadNewer(): Promise<void>;
  /** Shows what stands around a seq; null: the end of the chat. */
  showAround(seq: number | null): Promise<void>;
  /** Whether the reader is at the end and wants to stay there. */
  follow(follows: boolean): void;
}

interface Deps {
  readonly line: Pick<Line, 'request'>;
  view(): ChatView | null;
  fold(chatId: string, event: ChatEvent): void;
}

export function createPanelPages({ line, view, fold }: Deps): PanelPages {
  /** Folds a page in, unless the panel shows another piece by now. */
  async function load(
    seqOf: (view: ChatView) => number | undefined,
    read: (chatId: string, seq: number) => Promise<ChatEvent>,
  ): Promise<void> {
    const before = view();
    const seq = before === null ? undefined : seqOf(before);
    if (before === null || seq === undefined) return;
    const event = await read(before.chat.id, seq);
    const now = view();
    if (now !== null && now.chat.id === before.chat.id && seqOf(now) === seq) fold(now.chat.id, event);
  }

  return {
    loadOlder: () =>
      load(
        ({ messages }) => messages[0]?.seq,
        async (chatId, beforeSeq) => ({ name: 'older', ...(await line.request('loadOlder', { chatId, beforeSeq })) }),
      ),
    loadNewer: () =>
      load(
        ({ messages }) => messages.at(-1)?.seq,
        async (chatId, afterSeq) => ({ name: 'newer', ...(await line.request('loadNewer', { chatId, afterSeq })) }),
      ),
    async showAround(seq) {
      const chatId = view()?.chat.id;
      if (chatId !== undefined) fold(chatId, { name: 'piece', ...(await line.request('loadAround', { chatId, seq })) });
    },
    follow(follows) {
      const shown = view();
      if (shown !== null) fold(shown.chat.id, { name: 'follow', follows });
    },
  };
}

/** A view that the hub sent, for a panel that shows `shown`: whoever reads further up stays there. */
export function takeView(shown: ChatView | null, sent: ChatView): ChatView {
  if (shown === null || shown.chat.id !== sent.chat.id) return sent;
  const { messages, hasOlder, hasNewer, follows } = shown;
  const piece = hasNewer ? { messages, hasOlder, hasNewer } : joinLatest(shown, sent);
  return { ...sent, ...piece, follows };
}

/** Where to open a chat whose unread messages begin further up than the view reaches; null: at its end. */
export function unreadBefore({ chat, messages, hasOlder }: ChatView): number | null {
  const first = messages[0]?.seq ?? 0;
  return hasOlder && chat.unread > 0 && chat.lastReadSeq > 0 && first > chat.lastReadSeq + 1 ? chat.lastReadSeq : null;
}
