import type { Person } from '../../lib/model/chat.ts';
import { Sheet } from '../parts/Sheet.tsx';
import { LikenessSwitch } from './LikenessSwitch.tsx';
import { ProfileForm } from './ProfileForm.tsx';

export function ProfileSheet({ me, onClose }: { me: Person; onClose: () => void }) {
  return (
    <Sheet title="Your profile" onClose={onClose}>
      <ProfileForm person={me} action="Save profile" onSaved={onClose} />
      <LikenessSwitch />
    </Sheet>
  );
}
