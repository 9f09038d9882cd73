import type { Sql } from 'postgres';

/** A user in the form in which Auth shows one. */
export interface AdminUser {
  readonly id: string;
  readonly email: string;
}

const AS_SHOWN = (sql: Sql) => sql`
  id, aud, role, email, coalesce(phone, '') as phone, email_confirmed_at, confirmed_at, last_sign_in_at, banned_until,
  raw_app_meta_data as app_metadata, raw_user_meta_data as user_metadata, is_anonymous, created_at, updated_at`;

export async function readUser(sql: Sql, id: string): Promise<AdminUser | null> {
  const [user] = await sql<AdminUser[]>`select ${AS_SHOWN(sql)} from auth.users where id = ${id}`;
  return user ?? null;
}

export async function listUsers(sql: Sql, page: number, size: number): Promise<{ users: AdminUser[]; total: number }> {
  const users = await sql<AdminUser[]>`
    select ${AS_SHOWN(sql)} from auth.users order by created_at desc, id limit ${size} offset ${(page - 1) * size}`;
  const [row] = await sql<{ total: number }[]>`select count(*)::integer as total from auth.users`;
  return { users, total: row?.total ?? 0 };
}

/** False: there was none. */
export async function deleteUser(sql: Sql, id: string): Promise<boolean> {
  return (await sql`delete from auth.users where id = ${id}`).count === 1;
}

/** Ends all sessions of a user: the next refresh fails. */
export async function endSessions(sql: Sql, id: string): Promise<void> {
  await sql`delete from auth.sessions where user_id = ${id}`;
}
