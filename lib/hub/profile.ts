import { removeAvatar, uploadAvatar } from '../data/avatars.ts';
import type { Backend } from '../data/backend.ts';
import { readProfile, saveProfile } from '../data/profiles.ts';
import type { Person } from '../model/chat.ts';
import type { Params } from '../model/protocol.ts';

/** Saves the profile with its picture. A picture that is no longer, or not going to be, part of it is removed. */
export async function writeProfile(
  backend: Backend,
  userId: string,
  { displayName, username, avatar }: Params<'saveProfile'>,
): Promise<Person> {
  const before = (await readProfile(backend, userId))?.avatarPath ?? null;
  const added = avatar.kind === 'image' ? await uploadAvatar(backend, userId, avatar.dataUrl) : null;
  const avatarPath = avatar.kind === 'keep' ? before : added;
  try {
    const me = await saveProfile(backend, { displayName, username, avatarPath });
    if (before !== null && before !== avatarPath) drop(before);
    return me;
  } catch (reason) {
    if (added !== null) drop(added);
    throw reason;
  }

  /** Best effort: a picture without a profile is seen by nobody but its owner. */
  function drop(path: string): void {
    removeAvatar(backend, path).catch(() => {});
  }
}
