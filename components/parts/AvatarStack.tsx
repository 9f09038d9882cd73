import type { Person } from '../../lib/model/chat.ts';
import { Avatar } from './Avatar.tsx';
import './avatar-stack.css';

const SHOWN = 3;

/** The first few faces of a group, overlapping, and how many more there are. */
export function AvatarStack({ people }: { people: readonly Person[] }) {
  const hidden = people.length - SHOWN;
  const shown = hidden > 1 ? people.slice(0, SHOWN) : people.slice(0, SHOWN + 1);
  return (
    <span class="avatar-stack" aria-hidden="true">
      {shown.map((person) => (
        <Avatar key={person.id} person={person} size={20} />
      ))}
      {hidden > 1 && <span class="more">{hidden}</span>}
    </span>
  );
}
