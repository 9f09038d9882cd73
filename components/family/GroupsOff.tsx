import type { Guardianship } from '../../lib/model/family.ts';
import './groups-off.css';
import { Icon } from '../parts/Icon.tsx';

/** Stands where a minor's groups would be. */
export function GroupsOff({ by }: { by: Guardianship }) {
  return (
    <section aria-label="Groups">
      <header class="chat-section-head">
        <h2>Groups</h2>
      </header>
      <p class="groups-off">
        <Icon name="guardian" />
        <span>
          <bdi>{by.displayName}</bdi> has turned group chats off for your account. You are still a member of your
          groups: they come back as soon as group chats are on again.
        </span>
      </p>
    </section>
  );
}
