import type { Message } from '../model/chat.ts';
import type { ChatEvent, ChatView } from '../model/chat-view.ts';
import { type ReactionChange, withReaction } from '../model/reactions.ts';
import type { Line } from './panel-line.ts';

interface Deps {
  readonly line: Pick<Line, 'request'>;
  view(): ChatView | null;
  fold(chatId: string, event: ChatEvent): void;
}

/** Reacts in the eyes of whoever did so at once, and as before if the server refuses; then it rejects with a FailureError. */
export type React = (message: Message, change: ReactionChange) => Promise<void>;

export function createReact({ line, view, fold }: Deps): React {
  function show(messageId: string, chatId: string, change: ReactionChange): void {
    const shown = view()?.messages.find(({ id }) => id === messageId);
    if (shown !== undefined) fold(chatId, { name: 'message', message: withReaction(shown, change) });
  }

  return async ({ id, chatId }, change) => {
    show(id, chatId, change);
    try {
      await line.request('setReaction', { chatId, messageId: id, emoji: change.emoji, on: change.on });
    } catch (reason) {
      show(id, chatId, { ...change, on: !change.on });
      throw reason;
    }
  };
}
