import { useRef } from 'preact/hooks';
import { usePanel } from '../panel/panel-context.ts';
import { Icon } from '../parts/Icon.tsx';
import { Menu, type MenuItem } from '../parts/Menu.tsx';
import { AttachButton } from './AttachButton.tsx';

/** What can be added to the message being written. Where no page lies beside the panel, that is files. */
export function PlusMenu({ chatId }: { chatId: string }) {
  const { sharing, staging, surface } = usePanel();
  const input = useRef<HTMLInputElement>(null);
  if (surface === 'page') return <AttachButton chatId={chatId} />;
  const items: readonly MenuItem[] = [
    { label: 'This page', hint: 'Its readable text', icon: 'page', onChoose: () => sharing.begin(chatId, 'article') },
    {
      label: 'Selection',
      hint: 'What is selected on the page',
      icon: 'quote',
      onChoose: () => sharing.begin(chatId, 'selection'),
    },
    {
      label: 'Screenshot',
      hint: 'What is in sight of the page',
      icon: 'picture',
      onChoose: () => sharing.begin(chatId, 'screenshot'),
    },
    { label: 'Files', hint: 'From this device', icon: 'clip', onChoose: () => input.current?.click() },
  ];
  return (
    <>
      <Menu label="Add to the message" buttonClass="icon-button" items={items}>
        <Icon name="plus" />
      </Menu>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to add"
        onChange={(event) => {
          const { files } = event.currentTarget;
          void staging.add(chatId, files ?? []);
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}
