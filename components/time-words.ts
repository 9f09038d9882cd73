/** Times and numbers as the panel words them. English words; the clock is the one of the person's region. */

const LANGUAGE = 'en';
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Where and how a person reads the clock. Undefined parts are the browser's own. */
export interface TimeStyle {
  readonly timeZone?: string;
  readonly hourCycle?: 'h11' | 'h12' | 'h23' | 'h24';
}

/** `14:05` or `2:05 PM`. */
export function clockTime(time: Date, style: TimeStyle = {}): string {
  return format(time, { hour: 'numeric', minute: '2-digit', hourCycle: style.hourCycle ?? regionalHourCycle() }, style);
}

/** For a list: the clock today, `Yesterday`, the weekday within the last week, else the date. */
export function listTime(time: Date, now: Date, style: TimeStyle = {}): string {
  const days = daysBetween(time, now, style);
  if (days <= 0) return clockTime(time, style);
  if (days === 1) return 'Yesterday';
  if (days < 7) return format(time, { weekday: 'short' }, style);
  return format(time, { day: 'numeric', month: 'short', ...yearUnlessSame(time, now, style) }, style);
}

/** For a day divider: `Today`, `Yesterday`, `Monday`, or `Monday, 3 March`, with the year when it is another. */
export function dayWords(time: Date, now: Date, style: TimeStyle = {}): string {
  const days = daysBetween(time, now, style);
  if (days <= 0) return 'Today';
  if (days === 1) return 'Yesterday';
  if (days < 7) return format(time, { weekday: 'long' }, style);
  return format(time, { weekday: 'long', day: 'numeric', month: 'long', ...yearUnlessSame(time, now, style) }, style);
}

/** Date and clock in full, for a tooltip. */
export function fullTime(time: Date, style: TimeStyle = {}): string {
  return `${format(time, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }, style)}, ${clockTime(time, style)}`;
}

/** Whether both lie on the same calendar day. */
export function isSameDay(a: Date, b: Date, style: TimeStyle = {}): boolean {
  return daysBetween(a, b, style) === 0;
}

/** How long a link still works: `for 1 day`, `for about 3 hours`, `until somebody resets it`. */
export function expiryWords(expiresAt: Date | null, now: Date): string {
  if (expiresAt === null) return 'until somebody resets it';
  return `for ${durationWords((expiresAt.getTime() - now.getTime()) / 1000)}`;
}

/** Seconds in one rounded unit: `30 seconds`, `1 minute`, `23 hours`, `7 days`. */
export function durationWords(seconds: number): string {
  if (seconds < 50) return plural(Math.max(1, Math.ceil(seconds)), 'second');
  if (seconds < 55 * MINUTE) return plural(Math.round(seconds / MINUTE), 'minute');
  if (seconds < 23.5 * HOUR) return plural(Math.max(1, Math.round(seconds / HOUR)), 'hour');
  return plural(Math.max(1, Math.round(seconds / DAY)), 'day');
}

/** `1 member`, `5 members`. */
export function plural(count: number, noun: string): string {
  return `${countWord(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `1 person waits to be let in`, `3 people wait to be let in`. */
export function waitingWords(count: number): string {
  return count === 1 ? '1 person waits to be let in' : `${countWord(count)} people wait to be let in`;
}

/** `16,000`. */
/** `320 KB` or `4.2 MB`. */
export function sizeWord(bytes: number): string {
  const kilobytes = Math.max(1, Math.round(bytes / 1024));
  if (kilobytes < 1024) return `${kilobytes} KB`;
  const megabytes = bytes / 1024 / 1024;
  return `${megabytes < 10 ? megabytes.toFixed(1) : Math.round(megabytes)} MB`;
}

export function countWord(count: number): string {
  return count.toLocaleString(LANGUAGE);
}

/** Calendar days from `time` to `now`; negative when `time` lies ahead. */
function daysBetween(time: Date, now: Date, style: TimeStyle): number {
  return Math.round((dayStart(now, style) - dayStart(time, style)) / (DAY * 1000));
}

const QUARTER_HOUR = 15 * MINUTE * 1000;
const dayStarts = new Map<string, number>();

/** Asked for each message of a chat at each change, so it is remembered; within a quarter of an hour no place changes its day. */
function dayStart(time: Date, style: TimeStyle): number {
  const key = `${Math.floor(time.getTime() / QUARTER_HOUR)} ${style.timeZone}`;
  let start = dayStarts.get(key);
  if (start === undefined) {
    const numbers = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
    const [year, month, day] = format(time, numbers, style, 'sv').split('-').map(Number);
    start = Date.UTC(year ?? 0, (month ?? 1) - 1, day);
    dayStarts.set(key, start);
  }
  return start;
}

function yearUnlessSame(time: Date, now: Date, style: TimeStyle): { year?: 'numeric' } {
  const year = (date: Date) => format(date, { year: 'numeric' }, style);
  return year(time) === year(now) ? {} : { year: 'numeric' };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format is slow, and a list needs hundreds of times. */
function format(time: Date, options: Intl.DateTimeFormatOptions, { timeZone }: TimeStyle, language = LANGUAGE): string {
  const all = timeZone === undefined ? options : { ...options, timeZone };
  const key = language + JSON.stringify(all);
  let found = formats.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat(language, all);
    formats.set(key, found);
  }
  return found.format(time);
}

let cachedHourCycle: TimeStyle['hourCycle'];

function regionalHourCycle(): NonNullable<TimeStyle['hourCycle']> {
  cachedHourCycle ??= new Intl.DateTimeFormat(undefined, { hour: 'numeric' }).resolvedOptions().hourCycle ?? 'h23';
  return cachedHourCycle;
}
