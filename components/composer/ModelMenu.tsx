import { useEffect, useState } from 'preact/hooks';
import type { ModelChoice, ModelSlot } from '../../lib/model/chat.ts';
import { SLOT_NAMES } from '../model-words.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Icon } from '../parts/Icon.tsx';
import { Menu, type MenuItem } from '../parts/Menu.tsx';
import './target-menu.css';

/** Which model answers this person in this chat. Nothing where there is but one, or where that is not known. */
export function ModelMenu({ chatId }: { chatId: string }) {
  const { client, toaster } = usePanel();
  const [choice, setChoice] = useState<ModelChoice | null>(null);

  useEffect(() => {
    let isOver = false;
    client.request('readModels', { chatId }).then(
      (known) => {
        if (!isOver) setChoice(known);
      },
      // The AI answers without: there is just nothing to choose from.
      () => {},
    );
    return () => {
      isOver = true;
    };
  }, [client, chatId]);

  if (choice === null || choice.models.length < 2) return null;
  const { mayPin, pinned, models } = choice;
  const label = pinned === null ? 'automatic' : SLOT_NAMES[pinned].toLowerCase();

  function pin(slot: ModelSlot | null): void {
    if (choice === null || slot === pinned) return;
    setChoice({ ...choice, pinned: slot });
    client.request('pinModel', { chatId, slot }).catch((failure: unknown) => {
      setChoice(choice);
      toaster.showFailure(failure);
    });
  }

  const automatic: MenuItem = {
    label: 'Automatic',
    hint: 'By what you ask and your plan',
    checked: pinned === null,
    onChoose: () => pin(null),
  };
  const items = models.map(
    ({ slot, name }): MenuItem => ({
      label: SLOT_NAMES[slot],
      hint: name,
      checked: pinned === slot,
      onChoose: () => pin(slot),
    }),
  );
  return (
    <Menu
      label={`Model: ${label}`}
      buttonClass="target-button"
      items={mayPin ? [automatic, ...items] : [automatic]}
      head={
        <p class="target-head">
          {mayPin ? 'Which model answers you in this chat' : 'Your plan leaves the choice of the model to Sideroom.'}
        </p>
      }
    >
      Model: {label}
      <Icon name="chevron" />
    </Menu>
  );
}
