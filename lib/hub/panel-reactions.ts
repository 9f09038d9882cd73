import type { Message } from '../model/chat.ts';
import type { ChatEvent, ChatView } from '../model/chat-view.ts';
import { type ReactionChange, withReaction } from '../model/reactions.ts';
import type { Line } from './panel-line.ts';

interface Deps {
  readonly line: Pick<Line, 'request'>;
  view(): ChatView | null;
  fold(chatId: string, event: ChatEvent): void;
}

/**
 * Reacts in the eyes of whoever did so at once. If it is refused, or no answer comes, the message is as before again, unless the hub
 * has told of it meanwhile: that is the truth. Then it rejects with a FailureError.
 */
export type React = (message: Message, change: ReactionChange) => Promise<void>;

/** A message as the hub told of it, and what was done here to it since. */
interface Draft {
  readonly told: Message;
  readonly changes: readonly ReactionChange[];
}

export function createReact({ line, view, fold }: Deps): React {
  /** By the very message that is shown: one that the hub told of is not among them. */
  const drafts = new WeakMap<Message, Draft>();

  function draftOf(messageId: string): Draft | undefined {
    const shown = view()?.messages.find(({ id }) => id === messageId);
    return shown && (drafts.get(shown) ?? { told: shown, changes: [] });
  }

  function show({ told, changes }: Draft): void {
    const message = changes.reduce(withReaction, told);
    if (message !== told) drafts.set(message, { told, changes });
    fold(told.chatId, { name: 'message', message });
  }

  return async ({ id, chatId }, change) => {
    const draft = draftOf(id);
    if (draft !== undefined) show({ ...draft, changes: [...draft.changes, change] });
    try {
      await line.request('setReaction', { chatId, messageId: id, emoji: change.emoji, on: change.on });
    } catch (reason) {
      const now = draftOf(id);
      if (now?.changes.includes(change)) show({ ...now, changes: now.changes.filter((other) => other !== change) });
      throw reason;
    }
  };
}
