import * as v from 'valibot';
import { isTimeZone, type QuietHours } from '../../model/quiet-hours.ts';
import type { Row } from './rows.ts';

const time = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/));

/** The columns of `accounts` that hold them; does not fit when there are none. */
export const quietHoursRow: Row<QuietHours> = v.pipe(
  v.object({ quiet_from: time, quiet_to: time, quiet_zone: v.pipe(v.string(), v.check(isTimeZone)) }),
  v.transform(({ quiet_from, quiet_to, quiet_zone }) => ({ from: quiet_from, to: quiet_to, timeZone: quiet_zone })),
);
