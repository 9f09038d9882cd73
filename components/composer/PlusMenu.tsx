import { usePanel } from '../panel/panel-context.ts';
import { Icon } from '../parts/Icon.tsx';
import { IconButton } from '../parts/IconButton.tsx';
import { Menu, type MenuItem } from '../parts/Menu.tsx';
import { useFilePicker } from './use-file-picker.tsx';

/** What can be added to the message being written. Where no page lies beside the panel, that is files. */
export function PlusMenu({ chatId }: { chatId: string }) {
  const { sharing, surface } = usePanel();
  const picker = useFilePicker(chatId);
  if (surface === 'page')
    return (
      <>
        <IconButton icon="clip" label="Add files" onClick={picker.open} />
        {picker.input}
      </>
    );
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
    { label: 'Files', hint: 'From this device', icon: 'clip', onChoose: picker.open },
  ];
  return (
    <>
      <Menu label="Add to the message" buttonClass="icon-button" items={items}>
        <Icon name="plus" />
      </Menu>
      {picker.input}
    </>
  );
}
