import { usePanel } from '../panel/panel-context.ts';
import { Avatar } from '../parts/Avatar.tsx';
import { Button } from '../parts/Button.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { useAction } from '../parts/use-action.ts';

/** Whom a person blocked, and the way back. */
export function BlockedPeople() {
  const { app, client } = usePanel();
  const { run, busy, failure } = useAction();
  const blocked = app.value?.blocked ?? [];
  return (
    <section class="privacy-part">
      <h3>Blocked people</h3>
      {blocked.length === 0 && <p class="hint">Nobody. You can block somebody in the list of a group’s people.</p>}
      <ul class="device-list">
        {blocked.map((person) => (
          <li key={person.id}>
            <Avatar person={person} size={28} />
            <span class="device-names">
              <b class="fading">
                <bdi>{person.displayName}</bdi>
              </b>
              <span class="fading">@{person.username}</span>
            </span>
            <Button
              busy={busy}
              onClick={() => void run(() => client.request('setBlocked', { userId: person.id, blocked: false }))}
            >
              Unblock
            </Button>
          </li>
        ))}
      </ul>
      <FailureNote failure={failure} />
    </section>
  );
}
