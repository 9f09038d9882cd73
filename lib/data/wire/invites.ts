import * as v from 'valibot';
import type { InvitePreview } from '../../model/chat.ts';
import type { Passage } from '../../model/passage.ts';
import { shownName } from '../../model/shown-name.ts';
import { camelKeys, count, id, type Row, time } from './rows.ts';

/** What `create_invite` returns; the token is seen this once. */
export interface NewInvite {
  readonly token: string;
  readonly expiresAt: string | null;
}
export const newInviteRow: Row<NewInvite> = v.pipe(
  v.object({ token: v.string(), expires_at: v.nullable(time) }),
  v.transform(camelKeys),
);

/** Only web pages are opened, whatever the server says. */
const pageRow: Row<Passage> = v.object({
  url: v.pipe(v.string(), v.regex(/^https?:\/\/\S+$/)),
  quote: v.nullable(v.string()),
});

export const previewRow: Row<InvitePreview> = v.pipe(
  v.object({
    title: v.string(),
    member_count: count,
    max_members: count,
    inviter: v.nullable(v.string()),
    chat_id: v.nullable(id),
    needs_approval: v.optional(v.boolean(), false),
    waiting: v.optional(v.boolean(), false),
    page: v.optional(v.nullable(pageRow), null),
  }),
  v.transform(({ inviter, ...row }) =>
    camelKeys({ ...row, inviter: inviter === null ? null : shownName(inviter, '') || null }),
  ),
);

/** What redeeming came to. `waiting`: a member has to let the person in first. */
export interface Redemption {
  readonly chatId: string;
  readonly waiting: boolean;
}
export const redemptionRow: Row<Redemption> = v.pipe(
  v.object({ chat_id: id, waiting: v.optional(v.boolean(), false) }),
  v.transform(camelKeys),
);
