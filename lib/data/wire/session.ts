import * as v from 'valibot';
import type { Row } from './rows.ts';

/** What Supabase Auth hands out at sign-in and refresh. */
export interface IssuedSession {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Seconds that the access token is good for, from now. */
  readonly expiresIn: number;
  readonly userId: string;
  readonly email: string;
}

export const sessionRow: Row<IssuedSession> = v.pipe(
  v.object({
    access_token: v.string(),
    refresh_token: v.string(),
    expires_in: v.number(),
    user: v.object({ id: v.string(), email: v.optional(v.string(), '') }),
  }),
  v.transform((row) => ({
    accessToken: row.access_token,
    refreshToken: row.refresh_token,
    expiresIn: row.expires_in,
    userId: row.user.id,
    email: row.user.email,
  })),
);

/** An error's body, of either form that Auth has. */
export const authErrorRow = v.object({
  code: v.optional(v.union([v.string(), v.number()])),
  error_code: v.optional(v.string()),
});
