import type { Person } from '../../lib/model/chat.ts';
import { usePanel } from '../panel/panel-context.ts';
import './avatar.css';
import { hueOf, initialsOf } from './face.ts';

export type AvatarSize = 14 | 20 | 28 | 36 | 72;

/** A person's picture, or the one generated from their id and name. Only an ornament: the name stands beside it. */
export function Avatar({ person, size = 28 }: { person: Person; size?: AvatarSize }) {
  if (person.avatarPath === null) return <GeneratedAvatar id={person.id} name={person.displayName} size={size} />;
  return <PictureAvatar path={person.avatarPath} person={person} size={size} />;
}

function PictureAvatar({ path, person, size }: { path: string; person: Person; size: AvatarSize }) {
  const picture = usePanel().pictures.of(path).value;
  if (picture === null) return <GeneratedAvatar id={person.id} name={person.displayName} size={size} />;
  return <img class={`avatar size-${size}`} src={picture} alt="" />;
}

export function GeneratedAvatar({ id, name, size = 28 }: { id: string; name: string; size?: AvatarSize }) {
  return (
    <span
      class={`avatar size-${size}`}
      style={{ '--hue': hueOf(id) }}
      // Drawn by the style sheet: initials are no text that anybody reads or copies.
      data-initials={initialsOf(name, size <= 20 ? 1 : 2)}
      aria-hidden="true"
    />
  );
}
