import { type Signal, signal } from '@preact/signals';
import { type HubClient, userOf } from '../../lib/hub/panel-client.ts';
import type { ChatView } from '../../lib/model/chat-view.ts';

/** What is typed and not sent, per chat: here at once, at the hub shortly after, so that it outlives this panel. */
export interface Drafts {
  /** The text in this chat's composer. The hub's draft counts only the first time: from then on the hand that types is right. */
  of(view: ChatView): Signal<string>;
  edit(chatId: string, text: string): void;
  /** Calls with what a person types, as they do; returns what ends it. An empty text: nothing is left, or it was sent. */
  onEdit(listener: (chatId: string, text: string) => void): () => void;
  /** The text was sent: the hub clears its copy by itself. */
  clear(chatId: string): void;
  /** Hands over at once what still waits. */
  flush(): void;
}

const QUIET = 150;

export function createDrafts(client: HubClient, ended: AbortSignal): Drafts {
  const texts = new Map<string, Signal<string>>();
  const unsaved = new Map<string, string>();
  const listeners = new Set<(chatId: string, text: string) => void>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Each person has their own: somebody else may sign in and open the same chat. */
  function textOf(chatId: string, initial: string): Signal<string> {
    const { app } = client.snapshot();
    const key = `${app === null ? '' : userOf(app)} ${chatId}`;
    let text = texts.get(key);
    if (text === undefined) {
      text = signal(initial);
      texts.set(key, text);
    }
    return text;
  }

  function flush(): void {
    clearTimeout(timer);
    for (const [chatId, text] of unsaved) {
      // A draft that the hub cannot store still stands in the composer; the next key tries again.
      client.request('saveDraft', { chatId, text }).catch(() => {});
    }
    unsaved.clear();
  }

  // Whoever turns to the page may close the panel with the next click.
  globalThis.addEventListener?.('blur', flush, { signal: ended });
  globalThis.addEventListener?.('pagehide', flush, { signal: ended });
  ended.addEventListener('abort', () => clearTimeout(timer));

  return {
    of: (view) => textOf(view.chat.id, view.draft),
    edit(chatId, text) {
      textOf(chatId, text).value = text;
      for (const listener of listeners) listener(chatId, text);
      unsaved.set(chatId, text);
      clearTimeout(timer);
      timer = setTimeout(flush, QUIET);
    },
    onEdit(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    clear(chatId) {
      textOf(chatId, '').value = '';
      for (const listener of listeners) listener(chatId, '');
      unsaved.delete(chatId);
    },
    flush,
  };
}
