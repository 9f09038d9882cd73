import type { NotificationAccess, NotificationSwitch } from '../../components/panel/notification-switch.ts';

/** A browser whose person has answered once and for all: asked again, it says the same. */
export function stillSwitch(access: NotificationAccess): NotificationSwitch {
  return { access: async () => access, turnOn: async () => access, turnOff: async () => 'off' };
}
