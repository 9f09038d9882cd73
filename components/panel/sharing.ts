import { type ReadonlySignal, signal } from '@preact/signals';
import type { ShareKind } from '../../lib/model/page-share.ts';

/** What is about to be shared with a chat. */
export interface Sharing {
  readonly wanted: ReadonlySignal<{ readonly chatId: string; readonly kind: ShareKind } | null>;
  /** Reads the page and shows the preview: the person has asked for it. */
  begin(chatId: string, kind: ShareKind): void;
  end(): void;
}

export function createSharing(): Sharing {
  const wanted = signal<Sharing['wanted']['value']>(null);
  return {
    wanted,
    begin(chatId, kind) {
      wanted.value = { chatId, kind };
    },
    end() {
      wanted.value = null;
    },
  };
}
