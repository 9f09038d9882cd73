import * as v from 'valibot';
import type { Chat, ChatSummary, Waiting } from '../../model/chat.ts';
import { messageRow } from './messages.ts';
import { camelKeys, count, id, type Row, seq, time } from './rows.ts';

const chat = {
  id,
  kind: v.picklist(['solo', 'group']),
  title: v.string(),
  instructions: v.string(),
  reply_mode: v.picklist(['automatic', 'mention', 'off']),
  epoch: v.number(),
  creator_id: v.nullable(id),
  created_at: time,
};

export const chatRow: Row<Chat> = v.pipe(v.object(chat), v.transform(camelKeys));

/** A row of `my_chats()`. */
export const summaryRow: Row<ChatSummary> = v.pipe(
  v.object({
    ...chat,
    last_seq: seq,
    last_read_seq: seq,
    unread: count,
    member_count: count,
    notification_level: v.picklist(['all', 'mentions', 'none']),
    // A message of a kind that this version does not know is not shown, but the chat is.
    last_message: v.fallback(v.nullable(messageRow), null),
    mentioned: v.optional(v.boolean(), false),
    archived: v.optional(v.boolean(), false),
    pending_requests: v.optional(count, 0),
  }),
  v.transform(camelKeys),
);

/** A row of `my_join_requests()`. */
export const waitingRow: Row<Waiting> = v.pipe(
  v.object({ chat_id: id, title: v.string(), created_at: time }),
  v.transform(camelKeys),
);

/** The event `membership` of a person's own topic. */
export interface MembershipNews {
  readonly chatId: string;
  /** False: no longer a member. True: a member, perhaps newly, perhaps under a new epoch. */
  readonly member: boolean;
}
export const membershipRow: Row<MembershipNews> = v.pipe(
  v.object({ chat_id: id, member: v.boolean() }),
  v.transform(camelKeys),
);
