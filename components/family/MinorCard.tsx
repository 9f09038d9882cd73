import { useState } from 'preact/hooks';
import type { Guardianship } from '../../lib/model/family.ts';
import { usePanel } from '../panel/panel-context.ts';
import { GeneratedAvatar } from '../parts/Avatar.tsx';
import { Button } from '../parts/Button.tsx';
import { CheckField } from '../parts/CheckField.tsx';
import { Confirm } from '../parts/Confirm.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { useAction } from '../parts/use-action.ts';

/** Somebody whom this person looks after, and the switch of their group chats. */
export function MinorCard({ minor }: { minor: Guardianship }) {
  const panel = usePanel();
  const [isEnding, setIsEnding] = useState(false);
  const { busy, failure, run } = useAction();
  const { id: minorId, displayName, username, groupsOff } = minor;

  async function turn(on: boolean): Promise<void> {
    if (panel.isSeen('guardian')) await run(() => panel.client.request('setGroupChats', { minorId, on }));
  }

  return (
    <section class="family-part" aria-label={displayName}>
      <div class="family-person">
        <GeneratedAvatar id={minorId} name={displayName} size={36} />
        <span class="family-names">
          <b class="fading">
            <bdi>{displayName}</bdi>
          </b>
          <span class="fading">@{username}</span>
        </span>
      </div>
      <CheckField
        class="family-switch"
        label="Group chats"
        hint={
          groupsOff
            ? 'Off: no group is open to them. Turn this on, and all their groups are back as they were.'
            : 'Turned off, every group closes for them at once. Chats with the AI alone stay.'
        }
        checked={!groupsOff}
        busy={busy}
        onChange={(on) => void turn(on)}
      />
      <FailureNote failure={failure} />
      {isEnding ? (
        <Confirm
          action="End this"
          isSeen={() => panel.isSeen('guardian')}
          onConfirm={() => panel.client.request('endGuardianship', { minorId })}
          onDone={() => setIsEnding(false)}
        >
          You will not look after this account any more, and group chats are on again.
        </Confirm>
      ) : (
        <div class="family-buttons">
          <Button look="quiet" label={`Stop looking after ${displayName}`} onClick={() => setIsEnding(true)}>
            Stop looking after
          </Button>
        </div>
      )}
    </section>
  );
}
