import * as v from 'valibot';
import { refuse, refuseFor } from '../_shared/answers.ts';
import type { Caller } from '../_shared/caller.ts';
import type { Invites, PreviewOutcome, RedeemOutcome } from '../_shared/invites.ts';
import { readBody } from '../_shared/read-body.ts';

export interface InviteDeps {
  readonly invites: Invites;
  identifyCaller(request: Request): Promise<Caller>;
  /** A seal of the address that the request came from. */
  sealAddress(request: Request): Promise<string>;
}

const Body = v.object({
  action: v.picklist(['preview', 'redeem']),
  token: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
});

/**
 * POST {action, token}. `preview` shows what the link opens, to anybody who holds it, and spends nothing. `redeem` makes the
 * signed-in caller a member, or lets them wait for approval: {chat_id, joined, waiting}. A token that opens nothing is SR004, whatever
 * the reason; after ten of them within a minute, of one address or one person, every token is `limited`.
 */
export async function handleInvite(request: Request, deps: InviteDeps): Promise<Response> {
  const { invites, identifyCaller, sealAddress } = deps;
  const body = await readBody(request, Body);
  if (body === null) return refuse('invalid', 'expected {action: "preview" | "redeem", token}');
  const [caller, address] = await Promise.all([identifyCaller(request), sealAddress(request)]);
  const userId = caller.kind === 'user' ? caller.id : null;
  if (body.action === 'preview') return answer(await invites.preview(body.token, userId, address));
  if (userId === null) return refuse('unauthorized', 'not signed in', 'Sign in and try again.');
  return answer(await invites.redeem(body.token, userId, address));
}

function answer(outcome: PreviewOutcome | RedeemOutcome): Response {
  if (outcome.kind === 'limited') return refuseFor(outcome.retry_after, 'too many wrong tokens');
  if (outcome.kind === 'wrong') return refuse('SR004', 'invite not valid', 'Ask for a new link.');
  return Response.json(outcome.value);
}
