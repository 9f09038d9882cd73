import * as v from 'valibot';
import type { Attachment, Message, MessageVersion, Notice, Reaction, Source } from '../../model/chat.ts';
import { withReaction } from '../../model/reactions.ts';
import { shownName } from '../../model/shown-name.ts';
import { camelKeys, count, id, type Row, seq, time } from './rows.ts';
import { shareRow } from './shares.ts';

const by = v.optional(v.nullable(id), null);

const noticeRow: Row<Notice> = v.union([
  v.pipe(v.object({ type: v.picklist(['created', 'copied', 'left']), user_id: id }), v.transform(camelKeys)),
  v.pipe(v.object({ type: v.picklist(['joined', 'creator', 'removed']), user_id: id, by }), v.transform(camelKeys)),
  v.object({ type: v.literal('renamed'), by, before: v.string(), after: v.string() }),
  v.object({ type: v.literal('instructions'), by }),
  v.object({ type: v.literal('retention'), by, days: v.nullable(count) }),
  v.object({ type: v.literal('reply_mode'), by, mode: v.picklist(['automatic', 'mention', 'off']) }),
]);

const reactionRow: Row<Reaction> = v.pipe(
  v.object({ emoji: v.string(), user_ids: v.array(id) }),
  v.transform(camelKeys),
);

/** In the order in which they were given. */
const hiddenReactionRows = v.pipe(
  v.array(v.object({ emoji: v.string(), user_id: id, created_at: time })),
  v.transform((rows) => rows.toSorted((a, b) => (a.created_at < b.created_at ? -1 : 1))),
);

export const versionRow: Row<MessageVersion> = v.pipe(
  v.object({ body: v.string(), replaced_at: time }),
  v.transform(camelKeys),
);

const attachmentRow: Row<Attachment> = v.pipe(
  v.object({
    id,
    name: v.string(),
    content_type: v.string(),
    size: count,
    width: v.nullable(count),
    height: v.nullable(count),
    has_thumbnail: v.boolean(),
  }),
  v.transform((row) => camelKeys({ ...row, name: shownName(row.name, 'file') })),
);

/** A source that leads nowhere safe is none. */
const sourceRows: Row<Source[]> = v.pipe(
  v.array(
    v.pipe(
      v.object({
        title: v.string(),
        url: v.string(),
        share_id: v.exactOptional(id),
        quotes: v.exactOptional(v.array(v.object({ text: v.string(), found: v.boolean() }))),
      }),
      v.transform(({ share_id: shareId, ...row }) => {
        const source = { ...row, title: shownName(row.title, row.url) };
        return shareId === undefined ? source : { ...source, shareId };
      }),
    ),
  ),
  v.transform((sources) => sources.filter(({ url }) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))),
);

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
    mentions: v.optional(v.array(id), []),
    mentions_all: v.optional(v.boolean(), false),
    reactions: v.optional(v.array(reactionRow), []),
    hidden_reactions: v.optional(hiddenReactionRows, []),
    attachments: v.optional(v.array(attachmentRow), []),
    shares: v.optional(v.array(shareRow), []),
    sources: v.optional(sourceRows, []),
  }),
  v.check((row) => (row.kind === 'system') === (row.notice !== null)),
  v.transform(({ hidden_reactions: hidden, ...row }) => {
    const message: Message = camelKeys(row);
    return hidden.reduce(
      (whole, { emoji, user_id }) => withReaction(whole, { emoji, userId: user_id, on: true }),
      message,
    );
  }),
);
