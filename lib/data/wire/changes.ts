import * as v from 'valibot';
import type { Change } from '../../model/chat.ts';
import { chatRow } from './chats.ts';
import { messageRow } from './messages.ts';
import { joinRequestRow, memberRow } from './people.ts';
import { camelKeys, id, type Row, seq } from './rows.ts';

/** A change of a kind that this version does not know: it takes its place in the order and changes nothing. */
export interface UnknownChange {
  readonly kind: 'unknown';
  readonly chatId: string;
  readonly seq: number;
}

/** Messages are gone that the chat does not keep any longer, or others are this person's to see: what is there is read anew. */
export interface PurgeChange {
  readonly kind: 'purge';
  readonly chatId: string;
  readonly seq: number;
}

export type HeardChange = Change | UnknownChange | PurgeChange;

const body = v.variant('kind', [
  v.object({ kind: v.literal('message'), message: messageRow }),
  v.object({ kind: v.literal('member'), member: v.nullable(memberRow) }),
  v.object({ kind: v.literal('chat'), chat: chatRow }),
  v.object({ kind: v.literal('request'), request: v.nullable(joinRequestRow) }),
]);

/** A change as `change_json` writes it, by broadcast and by `catch_up` alike. */
export const changeRow: Row<HeardChange> = v.pipe(
  v.looseObject({ chat_id: id, seq, kind: v.string(), entity_id: id }),
  v.transform((row): HeardChange => {
    const place = { chatId: row.chat_id, seq: row.seq };
    if (row.kind === 'purge') return { ...place, kind: 'purge' };
    const known = v.safeParse(body, row);
    if (!known.success) return { ...place, kind: 'unknown' };
    const { output } = known;
    if (output.kind === 'member' || output.kind === 'request') return { ...place, ...output, userId: row.entity_id };
    return { ...place, ...output };
  }),
);

/** The event `hint`: something changed whose content is not for everyone on the topic. Who may see it reads the log. */
export const hintRow: Row<{ readonly chatId: string }> = v.pipe(v.object({ chat_id: id, seq }), v.transform(camelKeys));
