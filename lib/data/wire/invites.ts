import * as v from 'valibot';
import type { InvitePreview } from '../../model/chat.ts';
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

export const previewRow: Row<InvitePreview> = v.pipe(
  v.object({
    title: v.string(),
    member_count: count,
    max_members: count,
    inviter: v.nullable(v.string()),
    chat_id: v.nullable(id),
  }),
  v.transform(camelKeys),
);

export const redemptionRow: Row<{ readonly chatId: string }> = v.pipe(
  v.object({ chat_id: id }),
  v.transform(camelKeys),
);
