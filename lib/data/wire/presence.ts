import * as v from 'valibot';
import { camelKeys, id, type Row, seq } from './rows.ts';

/** The event `presence`, and a row of `present_members()`. */
export interface PresenceNews {
  readonly chatId: string;
  readonly userId: string;
  readonly here: boolean;
  readonly typing: boolean;
}
export const presenceRow: Row<PresenceNews> = v.pipe(
  v.object({ chat_id: id, user_id: id, here: v.boolean(), typing: v.boolean() }),
  v.transform(camelKeys),
);

/** The event `read`: how far somebody has read. */
export interface ReadNews {
  readonly chatId: string;
  readonly userId: string;
  readonly seq: number;
}
export const readRow: Row<ReadNews> = v.pipe(v.object({ chat_id: id, user_id: id, seq }), v.transform(camelKeys));
