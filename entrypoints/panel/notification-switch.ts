import { browser } from 'wxt/browser';
import type { NotificationAccess, NotificationSwitch } from '../../components/panel/notification-switch.ts';

const PERMISSION = { permissions: ['notifications' as const] };

/** Chrome alone tells whether its settings keep notifications back; the polyfill does not know the call. */
interface LevelApi {
  readonly notifications?: { getPermissionLevel?(): Promise<'granted' | 'denied'> };
}

/** The browser's permission to show notifications. The hub notices by itself. */
export const notificationSwitch: NotificationSwitch = {
  access,
  async turnOn() {
    // A browser that cannot ask here says so; to its person that is a no.
    const isAllowed = await browser.permissions.request(PERMISSION).catch(() => false);
    return isAllowed ? access() : 'off';
  },
  async turnOff() {
    await browser.permissions.remove(PERMISSION);
    return access();
  },
};

async function access(): Promise<NotificationAccess> {
  if (!(await browser.permissions.contains(PERMISSION))) return 'off';
  const { chrome } = globalThis as { chrome?: LevelApi };
  const level = await chrome?.notifications?.getPermissionLevel?.();
  return level === 'denied' ? 'held' : 'on';
}
