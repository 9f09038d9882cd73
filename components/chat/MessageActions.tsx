import type { Message } from '../../lib/model/chat.ts';
import { usePanel } from '../panel/panel-context.ts';
import { IconButton } from '../parts/IconButton.tsx';
import './message-actions.css';

/** What can be done with a message: there while the pointer or the focus is in its row, and always to the finger. */
export function MessageActions({ message }: { message: Message }) {
  const { answer, toaster } = usePanel();

  function copy(): void {
    navigator.clipboard.writeText(message.body).then(
      () => toaster.show('Copied.'),
      () => toaster.show('This cannot be copied here. Select the text and copy it by hand.'),
    );
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: these are buttons side by side, not fields of a form
    <div class="message-actions" role="group" aria-label="Actions">
      <IconButton icon="reply" label="Reply" onClick={() => answer(message)} />
      <IconButton icon="copy" label="Copy text" onClick={copy} />
    </div>
  );
}
