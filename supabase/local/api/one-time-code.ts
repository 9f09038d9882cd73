type Send = (request: Request) => Promise<Response>;

/** The kinds of code under which lite may have filed what hosted calls `email`: for people it knows, and for new ones. */
const KINDS = ['magiclink', 'signup'] as const;

/** Verifies an e-mailed code. lite refuses the type `email`, which supabase-js documents; it is tried as each of lite's own. */
export async function verifyCode(request: Request, send: Send): Promise<Response> {
  const body = (await request
    .clone()
    .json()
    .catch(() => null)) as { readonly type?: unknown } | null;
  if (body?.type !== 'email') return send(request);
  const sendAs = (type: string) =>
    send(new Request(request, { method: 'POST', body: JSON.stringify({ ...body, type }) }));
  const [known, fresh] = KINDS;
  const answer = await sendAs(known);
  return answer.ok ? answer : sendAs(fresh);
}
