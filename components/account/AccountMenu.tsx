import type { Person } from '../../lib/model/chat.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Avatar } from '../parts/Avatar.tsx';
import { Menu, type MenuItem } from '../parts/Menu.tsx';
import './account-menu.css';

/** What only the extension can do. */
const BESIDE: ReadonlySet<MenuItem['icon']> = new Set(['bell', 'side-panel', 'window']);

/** One's own face, and what belongs to oneself rather than to a chat. */
export function AccountMenu({ me, email }: { me: Person; email: string }) {
  const panel = usePanel();

  function open(surface: 'side-panel' | 'window'): void {
    panel.drafts.flush();
    panel.client.request('openSurface', { surface }).catch(panel.toaster.showFailure);
  }

  const items: MenuItem[] = [
    { label: 'Your profile', icon: 'person', onChoose: () => panel.openSheet('profile') },
    { label: 'Notifications', icon: 'bell', onChoose: () => panel.openSheet('notifications') },
    { label: 'Privacy and account', icon: 'key', onChoose: () => panel.openSheet('privacy') },
    { label: 'Open in side panel', icon: 'side-panel', onChoose: () => open('side-panel') },
    { label: 'Open in window', icon: 'window', onChoose: () => open('window') },
    {
      label: 'Sign out',
      icon: 'leave',
      onChoose() {
        if (!panel.isSeen('sign-out')) return;
        panel.drafts.flush();
        panel.client.request('signOut', {}).catch(panel.toaster.showFailure);
      },
    },
  ];
  return (
    <Menu
      label="Account"
      buttonClass="account-button"
      items={items.filter(({ icon }) => icon !== panel.surface && (panel.surface !== 'page' || !BESIDE.has(icon)))}
      head={
        <div class="account-head">
          <b dir="auto">{me.displayName}</b>
          <span>{email}</span>
        </div>
      }
    >
      <Avatar person={me} size={28} />
    </Menu>
  );
}
