import * as v from 'valibot';
import type { JoinRequest, Member, Person } from '../../model/chat.ts';
import { shownName } from '../../model/shown-name.ts';
import { camelKeys, id, type Row, time } from './rows.ts';

/** Keys as the panel has them, and a name that is what it looks like. */
export function withName<T extends { display_name: string; username: string }>(row: T) {
  return camelKeys({ ...row, display_name: shownName(row.display_name, row.username) });
}

const face = { display_name: v.string(), username: v.string(), avatar_path: v.nullable(v.string()) };

/** A row of `profiles`. */
export const personRow: Row<Person> = v.pipe(v.object({ id, ...face }), v.transform(withName));

/** A member as changes carry it. */
export const memberRow: Row<Member> = v.pipe(
  v.object({ user_id: id, role: v.picklist(['creator', 'member']), joined_at: time, ...face }),
  v.transform(({ user_id, ...row }) => ({ id: user_id, ...withName(row) })),
);

/** A row of `members` with its profile embedded. */
export const memberWithProfileRow: Row<Member> = v.pipe(
  v.object({ role: v.picklist(['creator', 'member']), joined_at: time, profile: personRow }),
  v.transform(({ profile, ...row }) => ({ ...profile, ...camelKeys(row) })),
);

/** Somebody who waits, as changes carry it. */
export const joinRequestRow: Row<JoinRequest> = v.pipe(
  v.object({ user_id: id, created_at: time, ...face }),
  v.transform(({ user_id, ...row }) => ({ id: user_id, ...withName(row) })),
);

/** A row of `join_requests`. */
export const bareRequestRow: Row<{ readonly userId: string; readonly createdAt: string }> = v.pipe(
  v.object({ user_id: id, created_at: time }),
  v.transform(camelKeys),
);
