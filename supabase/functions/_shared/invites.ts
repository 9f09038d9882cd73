import * as v from 'valibot';
import type { Database } from './database.ts';

const Preview = v.object({
  title: v.string(),
  member_count: v.number(),
  max_members: v.number(),
  inviter: v.nullable(v.string()),
  needs_approval: v.boolean(),
  waiting: v.boolean(),
  page: v.nullable(v.object({ url: v.string(), quote: v.nullable(v.string()) })),
  chat_id: v.nullable(v.string()),
});

const Redemption = v.object({ chat_id: v.string(), joined: v.boolean(), waiting: v.boolean() });

const outcomeOf = <Schema extends v.GenericSchema>(value: Schema) =>
  v.variant('kind', [
    v.object({ kind: v.literal('open'), value }),
    v.object({ kind: v.literal('wrong') }),
    v.object({ kind: v.literal('limited'), retry_after: v.number() }),
  ]);

const PreviewOutcome = outcomeOf(Preview);
const RedeemOutcome = outcomeOf(Redemption);

export type PreviewOutcome = v.InferOutput<typeof PreviewOutcome>;
export type RedeemOutcome = v.InferOutput<typeof RedeemOutcome>;

/**
 * What the function invite asks of the database. `wrong`: the token opens nothing, whatever the reason. `limited`: `address`, a seal,
 * or the person has tried ten wrong ones within a minute; whether this one was right is not said.
 */
export interface Invites {
  /** Spends nothing. `chat_id` is set only when `userId` is a member already. */
  preview(token: string, userId: string | null, address: string): Promise<PreviewOutcome>;
  /** One membership, or one request to be let in, and one use per person, however often called. Throws DatabaseError SR003 (full) and SR005 (no profile). */
  redeem(token: string, userId: string, address: string): Promise<RedeemOutcome>;
}

export function openInvites(database: Database): Invites {
  const tryWith = (token: string, userId: string | null, address: string, redeem: boolean) => ({
    p_token: token,
    p_user: userId,
    p_address: address,
    p_redeem: redeem,
  });
  return {
    preview: (token, userId, address) =>
      database.call('try_invite', tryWith(token, userId, address, false), PreviewOutcome),
    redeem: (token, userId, address) =>
      database.call('try_invite', tryWith(token, userId, address, true), RedeemOutcome),
  };
}
