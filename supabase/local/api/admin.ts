import type { Sql } from 'postgres';

/** The part of the admin API that tests and operators use; lite has none. Needs the secret key. */
export async function serveAdmin(
  request: Request,
  deps: {
    sql: Sql;
    secretKey: string;
    signUp(body: { email: string; password: string; data: unknown }): Promise<Response>;
  },
): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const bearer = request.headers.get('authorization')?.replace(/^Bearer\s+/i, '');
  if (request.headers.get('apikey') !== deps.secretKey && bearer !== deps.secretKey)
    return refuse(401, 'no_authorization', 'This endpoint requires the secret key');
  const id = /\/admin\/users\/([0-9a-f-]{36})$/.exec(pathname)?.[1];

  if (request.method === 'POST' && pathname.endsWith('/admin/users')) {
    const { email, password, user_metadata } = (await request.json()) as {
      email: string;
      password?: string;
      user_metadata?: unknown;
    };
    const answer = await deps.signUp({ email, password: password ?? crypto.randomUUID(), data: user_metadata ?? {} });
    const body = (await answer.json()) as { user?: unknown };
    return Response.json(answer.ok ? (body.user ?? body) : body, { status: answer.status });
  }
  if (request.method === 'GET' && pathname.endsWith('/admin/users')) {
    const size = Number(searchParams.get('per_page') || 50);
    const users = await deps.sql`
      select id, email, created_at, last_sign_in_at, raw_user_meta_data as user_metadata, raw_app_meta_data as app_metadata
      from auth.users order by created_at limit ${size} offset ${(Number(searchParams.get('page') || 1) - 1) * size}`;
    return Response.json({ users, aud: 'authenticated' });
  }
  if (request.method === 'DELETE' && id !== undefined) {
    const gone = await deps.sql`delete from auth.users where id = ${id} returning id`;
    return gone.length === 1 ? Response.json({}) : refuse(404, 'user_not_found', 'User not found');
  }
  return refuse(404, 'not_found', 'This part of the admin API is not served here');
}

function refuse(status: number, code: string, message: string): Response {
  return Response.json({ code: status, error_code: code, msg: message }, { status });
}
