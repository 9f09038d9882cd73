import { useEffect } from 'preact/hooks';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { usePanel } from '../panel/panel-context.ts';

/** How long a message that was led to stays marked, in milliseconds. */
const MARKED_FOR = 2_500;

/** Leads to the message that the panel wants in sight, as soon as this chat shows it, and marks it for a moment. */
export function useJump(view: ChatView, toRow: (row: HTMLElement) => void): void {
  const panel = usePanel();
  const jump = panel.jump.value;
  const isHere = jump?.chatId === view.chat.id && view.messages.some(({ id }) => id === jump.id);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each jump, when its message is there
  useEffect(() => {
    if (jump === null || !isHere) return;
    const row = document.querySelector<HTMLElement>(`[data-message="${CSS.escape(jump.id)}"]`);
    panel.arrive();
    if (row === null) return;
    toRow(row);
    row.dataset.found = '';
    setTimeout(() => delete row.dataset.found, MARKED_FOR);
  }, [jump, isHere]);
}
