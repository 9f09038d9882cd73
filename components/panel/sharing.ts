import { type ReadonlySignal, signal } from '@preact/signals';
import type { ShareKind } from '../../lib/model/page-share.ts';

/** What is about to be shared with a chat. */
export interface Sharing {
  readonly wanted: ReadonlySignal<{ readonly chatId: string; readonly kind: ShareKind } | null>;
  /** Reads the page and shows the preview: the person has asked for it. */
  begin(chatId: string, kind: ShareKind): void;
  end(): void;
  /** Something is wanted from elsewhere, with whatever chat comes into view. */
  ask(kind: ShareKind): void;
  settle(chatId: string): void;
}

export function createSharing(): Sharing {
  const wanted = signal<Sharing['wanted']['value']>(null);
  let asked: ShareKind | null = null;
  return {
    wanted,
    begin(chatId, kind) {
      wanted.value = { chatId, kind };
    },
    end() {
      wanted.value = null;
    },
    ask(kind) {
      asked = kind;
    },
    settle(chatId) {
      if (asked === null) return;
      wanted.value = { chatId, kind: asked };
      asked = null;
    },
  };
}
