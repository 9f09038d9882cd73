import { usePanel } from '../panel/panel-context.ts';
import { Sheet } from '../parts/Sheet.tsx';
import { AccessSwitch } from './AccessSwitch.tsx';
import './notifications-sheet.css';
import { QuietHoursForm } from './QuietHoursForm.tsx';

/** Whether and when a person hears of what is written while they look elsewhere. Of what, each group's own choice says. */
export function NotificationsSheet({ onClose }: { onClose: () => void }) {
  const hours = usePanel().app.value?.quietHours ?? null;
  return (
    <Sheet title="Notifications" onClose={onClose}>
      <AccessSwitch />
      <QuietHoursForm hours={hours} />
    </Sheet>
  );
}
