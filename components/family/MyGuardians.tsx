import type { Guardianship } from '../../lib/model/family.ts';
import { GeneratedAvatar } from '../parts/Avatar.tsx';

/** What a minor sees of those who look after their account. */
export function MyGuardians({ guardians }: { guardians: readonly Guardianship[] }) {
  if (guardians.length === 0) return null;
  return (
    <div class="family-part">
      <ul class="family-people">
        {guardians.map(({ id, displayName, username, groupsOff }) => (
          <li key={id} class="family-person">
            <GeneratedAvatar id={id} name={displayName} size={36} />
            <span class="family-names">
              <b class="fading">
                <bdi>{displayName}</bdi>
              </b>
              <span class="fading">@{username}</span>
            </span>
            <span class="family-tag">{groupsOff ? 'has group chats off' : 'group chats are on'}</span>
          </li>
        ))}
      </ul>
      <p class="family-note">
        A guardian can turn your group chats off and on, and reads none of your chats. They end this themselves, or it
        ends when you turn 18.
      </p>
    </div>
  );
}
