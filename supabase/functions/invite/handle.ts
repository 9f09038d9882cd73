import * as v from 'valibot';
import { refuse } from '../_shared/answers.ts';
import type { Caller } from '../_shared/caller.ts';
import type { Invites } from '../_shared/invites.ts';
import { readBody } from '../_shared/read-body.ts';

export interface InviteDeps {
  readonly invites: Invites;
  identifyCaller(request: Request): Promise<Caller>;
}

const Body = v.object({
  action: v.picklist(['preview', 'redeem']),
  token: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
});

/**
 * POST {action, token}. `preview` shows what the link opens, to anybody who holds it, and spends nothing. `redeem` makes the
 * signed-in caller a member, or lets them wait for approval: {chat_id, joined, waiting}. A token that opens nothing is SR004, whatever the reason.
 */
export async function handleInvite(request: Request, { invites, identifyCaller }: InviteDeps): Promise<Response> {
  const body = await readBody(request, Body);
  if (body === null) return refuse('invalid', 'expected {action: "preview" | "redeem", token}');
  const caller = await identifyCaller(request);
  const userId = caller.kind === 'user' ? caller.id : null;
  if (body.action === 'preview') return Response.json(await invites.preview(body.token, userId));
  if (userId === null) return refuse('unauthorized', 'not signed in', 'Sign in and try again.');
  return Response.json(await invites.redeem(body.token, userId));
}
