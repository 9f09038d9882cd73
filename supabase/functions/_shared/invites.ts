import * as v from 'valibot';
import type { Database } from './database.ts';

const Preview = v.object({
  title: v.string(),
  member_count: v.number(),
  max_members: v.number(),
  inviter: v.nullable(v.string()),
  needs_approval: v.boolean(),
  waiting: v.boolean(),
  chat_id: v.nullable(v.string()),
});

const Redemption = v.object({ chat_id: v.string(), joined: v.boolean(), waiting: v.boolean() });

export type InvitePreview = v.InferOutput<typeof Preview>;
export type InviteRedemption = v.InferOutput<typeof Redemption>;

/** What the function invite asks of the database. Both throw DatabaseError SR004 when the token opens nothing, whatever the reason. */
export interface Invites {
  /** Spends nothing. `chat_id` is set only when `userId` is a member already. */
  preview(token: string, userId: string | null): Promise<InvitePreview>;
  /** One membership, or one request to be let in, and one use per person, however often called; also throws SR003 (full) and SR005 (no profile). */
  redeem(token: string, userId: string): Promise<InviteRedemption>;
}

export function openInvites(database: Database): Invites {
  return {
    preview: (token, userId) => database.call('preview_invite', { p_token: token, p_user: userId }, Preview),
    redeem: (token, userId) => database.call('redeem_invite', { p_token: token, p_user: userId }, Redemption),
  };
}
