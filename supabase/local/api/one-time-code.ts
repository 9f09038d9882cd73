/** The kinds of code under which lite may have filed what hosted calls `email`: one for people it knows, one for new ones. */
const KINDS = ['magiclink', 'signup'] as const;

/** Verifies an e-mailed code. lite refuses the type `email`, which supabase-js documents; it is tried as each of lite's own. */
export async function verifyCode(request: Request, send: (request: Request) => Promise<Response>): Promise<Response> {
  const body: unknown = await request
    .clone()
    .json()
    .catch(() => null);
  if (typeof body !== 'object' || body === null || !('type' in body) || body.type !== 'email') return send(request);
  let answer: Response | undefined;
  for (const type of KINDS) {
    answer = await send(
      new Request(request.url, { method: 'POST', headers: request.headers, body: JSON.stringify({ ...body, type }) }),
    );
    if (answer.ok) return answer;
  }
  return answer ?? send(request);
}
