/** When a person wants to see no notifications, by local time. */
export interface QuietHours {
  /** `HH:MM`, from 00:00 to 23:59. */
  readonly from: string;
  /** Not the same as `from`; the earlier one of both when the hours span midnight. */
  readonly to: string;
  /** IANA name of the time zone in which they were chosen. */
  readonly timeZone: string;
}

/** As devices say that do not tell where they are. */
const NOWHERE = 'UTC';

/**
 * Whether it is quiet where this device is. Its clock is the one that its person looks at, also when they travel; one that does
 * not tell its time zone goes by that of the hours.
 */
export function isQuiet(hours: QuietHours, at: Date, deviceZone: string): boolean {
  const { from, to, timeZone } = hours;
  const clock = clockTime(at, deviceZone === NOWHERE ? timeZone : deviceZone);
  return from < to ? from <= clock && clock < to : from <= clock || clock < to;
}

/** Whether this runtime knows the time zone. */
export function isTimeZone(name: string): boolean {
  try {
    clockTime(new Date(0), name);
    return true;
  } catch (thrown) {
    if (thrown instanceof RangeError) return false;
    throw thrown;
  }
}

/** What a clock there shows, as `HH:MM`. */
function clockTime(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(
    at,
  );
}
