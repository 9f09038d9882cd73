import type { Person } from '../../lib/model/chat.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Confirm } from '../parts/Confirm.tsx';

/** Asks before somebody is blocked, and says what it does. */
export function BlockConfirm({ person, onDone }: { person: Person; onDone: () => void }) {
  const { client, isSeen, toaster } = usePanel();
  return (
    <Confirm
      action="Block"
      back="Cancel"
      isSeen={() => isSeen('block')}
      onConfirm={() => client.request('setBlocked', { userId: person.id, blocked: true })}
      onDone={(isDone) => {
        if (isDone) toaster.show(`${person.displayName} is blocked. You find them under “Privacy and account”.`);
        onDone();
      }}
    >
      You see what{' '}
      <b>
        <bdi>{person.displayName}</bdi>
      </b>{' '}
      writes only when you ask for it, and hear nothing of it. They do not see what you write in groups. Neither of you
      sees when the other is here, types, has read or reacts, or comes into a group by the other’s invite. They are not
      told.
    </Confirm>
  );
}
