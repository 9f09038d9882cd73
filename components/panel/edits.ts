import { type Signal, signal } from '@preact/signals';
import type { Message } from '../../lib/model/chat.ts';

/** Messages whose wording is being changed, and what stands in their fields: scrolling away and back loses nothing. */
export interface Edits {
  /** The text as typed so far; null while the message is not being edited. */
  of(messageId: string): Signal<string | null>;
  begin(message: Message): void;
}

export function createEdits(): Edits {
  const texts = new Map<string, Signal<string | null>>();

  function textOf(messageId: string): Signal<string | null> {
    let text = texts.get(messageId);
    if (text === undefined) {
      text = signal<string | null>(null);
      texts.set(messageId, text);
    }
    return text;
  }

  return {
    of: textOf,
    begin({ id, body }) {
      const text = textOf(id);
      text.value ??= body;
    },
  };
}
