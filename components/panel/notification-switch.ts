/** `held`: allowed to Sideroom, but kept back by the browser's or the system's own settings. */
export type NotificationAccess = 'on' | 'off' | 'held';

/** Whether this browser shows Sideroom's notifications: the browser's permission itself, so there is nothing to get out of step. */
export interface NotificationSwitch {
  access(): Promise<NotificationAccess>;
  /** To be called in a click: the browser asks. `off` afterwards: its person, or the browser, said no. */
  turnOn(): Promise<NotificationAccess>;
  turnOff(): Promise<NotificationAccess>;
}
