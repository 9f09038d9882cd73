import * as v from 'valibot';
import type { Message, Notice } from '../../model/chat.ts';
import { camelKeys, id, type Row, seq, time } from './rows.ts';

const noticeRow: Row<Notice> = v.union([
  v.pipe(v.object({ type: v.picklist(['created', 'joined', 'left', 'creator']), user_id: id }), v.transform(camelKeys)),
  v.pipe(v.object({ type: v.literal('removed'), user_id: id, by: v.nullable(id) }), v.transform(camelKeys)),
]);

/** A row of `messages`, as a table row and as `message_json` alike. */
export const messageRow: Row<Message> = v.pipe(
  v.object({
    id,
    chat_id: id,
    seq,
    kind: v.picklist(['member', 'assistant', 'system']),
    author_id: v.nullable(id),
    body: v.string(),
    target: v.picklist(['default', 'people']),
    status: v.picklist(['complete', 'stopped', 'failed']),
    reply_to: v.nullable(id),
    notice: v.nullable(noticeRow),
    created_at: time,
    edited_at: v.nullable(time),
    deleted_at: v.nullable(time),
  }),
  v.check((row) => (row.kind === 'system') === (row.notice !== null)),
  v.transform(camelKeys),
);
