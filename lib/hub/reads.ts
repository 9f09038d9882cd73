import type { Backend } from '../data/backend.ts';
import { markRead } from '../data/chats.ts';
import { debounce } from './timers.ts';

/** Tells the server how far chats were read, a moment later and in one word per chat. */
export interface Reads {
  tell(chatId: string, seq: number): void;
}

const PAUSE = 800;

export function createReads({ backend, signal }: { backend: Backend; signal: AbortSignal }): Reads {
  const waiting = new Map<string, number>();
  const flush = debounce(PAUSE, signal, () => {
    for (const [chatId, seq] of waiting) {
      // Whatever cannot be told now is found by the next sweep.
      markRead(backend, chatId, seq).catch(() => {});
    }
    waiting.clear();
  });
  return {
    tell(chatId, seq) {
      waiting.set(chatId, Math.max(seq, waiting.get(chatId) ?? 0));
      flush();
    },
  };
}
