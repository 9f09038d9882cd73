import type { ChatNotification, Notifications } from '../../lib/hub/deps.ts';

/** Notifications as a screen would have them. */
export interface RecordedNotifications extends Notifications {
  /** All that were ever shown, in order. */
  readonly shown: readonly ChatNotification[];
  /** What stands there now, by chat. */
  readonly standing: ReadonlyMap<string, ChatNotification>;
}

export function recordNotifications(): RecordedNotifications {
  const shown: ChatNotification[] = [];
  const standing = new Map<string, ChatNotification>();
  return {
    shown,
    standing,
    show(notification) {
      shown.push(notification);
      standing.set(notification.chatId, notification);
    },
    clear: (chatId) => void standing.delete(chatId),
    clearAll: () => standing.clear(),
  };
}
