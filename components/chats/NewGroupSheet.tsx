import { usePanel } from '../panel/panel-context.ts';
import { Sheet } from '../parts/Sheet.tsx';
import { GroupNameForm } from './GroupNameForm.tsx';

export function NewGroupSheet({ onClose }: { onClose: () => void }) {
  const { client } = usePanel();
  return (
    <Sheet title="New group" onClose={onClose}>
      <GroupNameForm
        label="Name"
        action="Create group"
        make={(group) => client.request('createChat', { kind: 'group', ...group })}
      />
    </Sheet>
  );
}
