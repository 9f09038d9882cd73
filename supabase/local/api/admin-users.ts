import type { Pool } from 'pg';

/** A user in the form in which Auth shows one. */
export interface AdminUser {
  readonly id: string;
  readonly email: string;
}

const AS_SHOWN = `
  id, aud, role, email, coalesce(phone, '') as phone, email_confirmed_at, confirmed_at, last_sign_in_at, banned_until,
  raw_app_meta_data as app_metadata, raw_user_meta_data as user_metadata, is_anonymous, created_at, updated_at`;

export async function readUser(pool: Pool, id: string): Promise<AdminUser | null> {
  const { rows } = await pool.query<AdminUser>(`select ${AS_SHOWN} from auth.users where id = $1`, [id]);
  return rows[0] ?? null;
}

export async function listUsers(
  pool: Pool,
  page: number,
  size: number,
): Promise<{ users: AdminUser[]; total: number }> {
  const { rows: users } = await pool.query<AdminUser>(
    `select ${AS_SHOWN} from auth.users order by created_at desc, id limit $1 offset $2`,
    [size, (page - 1) * size],
  );
  const { rows } = await pool.query<{ total: number }>('select count(*)::integer as total from auth.users');
  return { users, total: rows[0]?.total ?? 0 };
}

/** False: there was none. */
export async function deleteUser(pool: Pool, id: string): Promise<boolean> {
  return (await pool.query('delete from auth.users where id = $1', [id])).rowCount === 1;
}

/** Ends all sessions of a user: the next refresh fails. */
export async function endSessions(pool: Pool, id: string): Promise<void> {
  await pool.query('delete from auth.sessions where user_id = $1', [id]);
}
