import { readFact, writeFact } from '../data/store/facts.ts';
import type { Store } from '../data/store/store.ts';
import type { AppStateBox } from './app-state.ts';

/** What a person was about to do when a panel closed, a worker ended or an extension was being installed. */
export interface Intents {
  restore(): Promise<void>;
  /** An invite link was opened; it stands until it is answered. */
  open(token: string): Promise<void>;
  dismiss(): Promise<void>;
  /** The chat that the next panel opens on. */
  lastChat(): string | null;
  rememberChat(chatId: string | null): Promise<void>;
}

export function createIntents(store: Store, state: AppStateBox): Intents {
  let lastChat: string | null = null;
  return {
    async restore() {
      const [token, chatId] = await Promise.all([readFact(store, 'intent'), readFact(store, 'lastChat')]);
      lastChat ??= chatId;
      if (token !== null && state.get().intent === null) state.patch({ intent: { token } });
    },
    async open(token) {
      await writeFact(store, 'intent', token);
      state.patch({ intent: { token } });
    },
    async dismiss() {
      await writeFact(store, 'intent', null);
      state.patch({ intent: null });
    },
    lastChat: () => lastChat,
    async rememberChat(chatId) {
      if (lastChat === chatId) return;
      lastChat = chatId;
      await writeFact(store, 'lastChat', chatId);
    },
  };
}
