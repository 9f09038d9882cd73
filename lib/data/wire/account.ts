import * as v from 'valibot';
import type { DataPage, DeviceSession } from '../../model/account.ts';
import { camelKeys, id, type Row, time } from './rows.ts';

/** A row of `my_sessions()`. */
export const deviceRow: Row<DeviceSession> = v.pipe(
  v.object({ id, created_at: time, used_at: time, user_agent: v.nullable(v.string()), current: v.boolean() }),
  v.transform(camelKeys),
);

/** What `my_data` and `my_left_data` give. */
export const dataPage: Row<DataPage> = v.object({ rows: v.array(v.unknown()), next: v.nullable(v.string()) });
