import type { Message } from '../../lib/model/chat.ts';
import { cleanText } from '../../lib/model/clean-text.ts';
import { newId } from '../../lib/model/ids.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Icon } from '../parts/Icon.tsx';
import { IconButton } from '../parts/IconButton.tsx';
import { Menu, type MenuItem } from '../parts/Menu.tsx';
import './message-actions.css';
import { ReactionPicker } from './ReactionPicker.tsx';
import { useReact } from './Reactions.tsx';

interface MessageActionsProps {
  message: Message;
  /** The wish to delete it; it is asked for again where the message stands. Absent: not this person's message. */
  onDelete?: () => void;
  /** The wish to know why the AI spoke, or did not. Absent: nothing is to be told. */
  onWhy?: () => void;
  /** The wish to show it to the operator. Absent: it is this person's own. */
  onReport?: () => void;
  /** The wish to hear no more of its author. Absent: there is nobody to block. */
  onBlock?: () => void;
}

/** What can be done with a message: there while the pointer or the focus is in its row, and always to the finger. */
export function MessageActions({ message, onDelete, onWhy, onReport, onBlock }: MessageActionsProps) {
  const { answer, client, edits, me, toaster, view } = usePanel();
  const react = useReact(message, me.value?.id ?? '');

  function copy(): void {
    navigator.clipboard.writeText(cleanText(message.body)).then(
      () => toaster.show('Copied.'),
      () => toaster.show('This cannot be copied here. Select the text and copy it by hand.'),
    );
  }

  function remember(): void {
    client
      .request('rememberMessage', { id: newId(), messageId: message.id })
      .then(() => toaster.show('Remembered. You find it under Memory in your account menu.'), toaster.showFailure);
  }

  const items: MenuItem[] = [{ label: 'Copy text', icon: 'copy', onChoose: copy }];
  if (onWhy !== undefined)
    items.push({
      label: message.kind === 'assistant' ? 'About this answer' : 'Why no answer?',
      icon: 'alert',
      onChoose: onWhy,
    });
  if (onDelete !== undefined) {
    items.push({ label: 'Edit', icon: 'pencil', onChoose: () => edits.begin(message) });
    items.push({ label: 'Delete', icon: 'trash', onChoose: onDelete });
  }
  if (onReport !== undefined) items.push({ label: 'Report', icon: 'flag', onChoose: onReport });
  if (onBlock !== undefined) items.push({ label: 'Block this person', icon: 'block', onChoose: onBlock });

  // After what was there before: the hand knows the places.
  if (view.value?.chat.kind === 'solo' && message.body.trim() !== '')
    items.push({ label: 'Remember this', icon: 'memory', onChoose: remember });

  return (
    // biome-ignore lint/a11y/useSemanticElements: these are buttons side by side, not fields of a form
    <div class="message-actions" role="group" aria-label="Actions">
      <ReactionPicker buttonClass="icon-button" onPick={(emoji) => react(emoji, true)} />
      <IconButton icon="reply" label="Reply" onClick={() => answer(message)} />
      <Menu label="More actions" buttonClass="icon-button" items={items}>
        <Icon name="more" />
      </Menu>
    </div>
  );
}
