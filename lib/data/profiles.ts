import type { Person } from '../model/chat.ts';
import { type Backend, run } from './backend.ts';
import { personRow } from './wire/people.ts';
import { parseRow, parseRows } from './wire/rows.ts';

const COLUMNS = 'id, display_name, username, avatar_path';

/** Null when that person has no profile, or none that the caller may see. */
export async function readProfile(backend: Backend, userId: string): Promise<Person | null> {
  const [person] = await readPeople(backend, [userId]);
  return person ?? null;
}

/** Those of the people whose profiles the caller may see. */
export async function readPeople(backend: Backend, ids: readonly string[]): Promise<Person[]> {
  if (ids.length === 0) return [];
  const query = () => backend.client.from('profiles').select(COLUMNS).in('id', ids).throwOnError();
  return parseRows(personRow, await run(backend, query));
}

export async function isUsernameAvailable(backend: Backend, username: string): Promise<boolean> {
  return run(backend, () => backend.client.rpc('username_available', { p_username: username }).throwOnError());
}

/** Creates or changes the caller's profile. Fails with `username_taken` or `profile_invalid`. */
export async function saveProfile(
  backend: Backend,
  face: Pick<Person, 'displayName' | 'username' | 'avatarPath'>,
): Promise<Person> {
  const args = {
    p_display_name: face.displayName,
    p_username: face.username,
    ...(face.avatarPath === null ? {} : { p_avatar_path: face.avatarPath }),
  };
  return parseRow(personRow, await run(backend, () => backend.client.rpc('save_profile', args).throwOnError()));
}
