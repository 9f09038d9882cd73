import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import type { Pool } from 'pg';
import * as v from 'valibot';
import { deleteUser, endSessions, listUsers, readUser } from './admin-users.ts';

export interface AdminDeps {
  readonly pool: Pool;
  readonly secretKey: string;
  /** Signs somebody up as Auth does for anybody. */
  signUp(body: { email: string; password: string; data: object }): Promise<Response>;
}

const USER = '/users/:id{[0-9a-f-]{36}}';
const NewUser = v.object({
  email: v.string(),
  password: v.optional(v.string()),
  user_metadata: v.optional(v.record(v.string(), v.unknown()), {}),
});

/** The part of Auth's admin API that tests and operators use, below /auth/v1/admin; lite has none. Asks for the secret key. */
export function createAdmin({ pool, secretKey, signUp }: AdminDeps): Hono {
  const app = new Hono().basePath('/auth/v1/admin');

  app.use(async ({ req }, next) => {
    if (req.header('apikey') !== secretKey) return refuse(401, 'no_authorization', 'This needs the secret key');
    return next();
  });

  app.post('/users', async ({ req }) => {
    const wanted = v.safeParse(NewUser, await req.json().catch(() => null));
    if (!wanted.success) return refuse(400, 'bad_json', 'Could not read the user from the request body');
    const { email, password = randomUUID(), user_metadata } = wanted.output;
    const answer = await signUp({ email, password, data: user_metadata });
    const body = (await answer.json()) as { readonly error_code?: string; readonly user?: { readonly id: string } };
    if (body.error_code === 'user_already_exists') return refuse(422, 'email_exists', 'This address is taken');
    if (body.user === undefined) return Response.json(body, { status: answer.status });
    // Signing up signs in; being made by somebody else does not.
    await endSessions(pool, body.user.id);
    return Response.json(await readUser(pool, body.user.id));
  });

  app.get('/users', async ({ req }) => {
    const size = Number(req.query('per_page') || 50);
    const { users, total } = await listUsers(pool, Number(req.query('page') || 1), size);
    return Response.json({ users, aud: 'authenticated' }, { headers: { 'x-total-count': String(total) } });
  });

  app.get(USER, async ({ req }) => {
    const user = await readUser(pool, req.param('id'));
    return user === null ? refuse(404, 'user_not_found', 'User not found') : Response.json(user);
  });

  app.delete(USER, async ({ req }) =>
    (await deleteUser(pool, req.param('id'))) ? Response.json({}) : refuse(404, 'user_not_found', 'User not found'),
  );

  app.onError((error) => {
    // For the gateway to answer: by itself, Hono would print it.
    throw error;
  });
  app.notFound(() => refuse(404, 'not_found', 'This part of the admin API is not served here'));
  return app;
}

function refuse(status: number, code: string, message: string): Response {
  return Response.json({ code: status, error_code: code, msg: message }, { status });
}
