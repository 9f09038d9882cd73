import type { Person } from '../../lib/model/chat.ts';
import { Sheet } from '../parts/Sheet.tsx';
import { BlockedPeople } from './BlockedPeople.tsx';
import { DeleteAccount } from './DeleteAccount.tsx';
import { Devices } from './Devices.tsx';
import { DownloadData } from './DownloadData.tsx';
import './privacy-sheet.css';

/** What is known about a person, where they are signed in, whom they blocked, and the way out. */
export function PrivacySheet({ me, onClose }: { me: Person; onClose: () => void }) {
  return (
    <Sheet title="Privacy and account" onClose={onClose}>
      <Devices />
      <BlockedPeople />
      <DownloadData me={me} />
      <DeleteAccount me={me} />
    </Sheet>
  );
}
