import * as v from 'valibot';
import type { Database } from './database.ts';

const Files = v.nullable(v.array(v.object({ id: v.string(), has_thumbnail: v.boolean() })));

export interface FileToCopy {
  readonly id: string;
  readonly has_thumbnail: boolean;
}

/** A copy of a person's solo chat that becomes a group. */
export interface CopyOrder {
  readonly source: string;
  readonly userId: string;
  /** The group's id. */
  readonly id: string;
  readonly title: string;
}

/** What the function copy asks of the database. All throw DatabaseError SR007 (not this person's solo chat). */
export interface Copies {
  /** The sent files of the solo chat; null when the copy is there already. */
  filesOf(order: CopyOrder): Promise<readonly FileToCopy[] | null>;
  /**
   * Makes the group, once however often called. `files`: the new id of each. Throws DatabaseError SR005 (no profile), SR023 (a file was
   * added meanwhile) and 23514 (the title).
   */
  finish(order: CopyOrder, files: Readonly<Record<string, string>>): Promise<void>;
}

export function openCopies(database: Database): Copies {
  return {
    filesOf: ({ source, userId, id }) =>
      database.call('files_to_copy', { p_source: source, p_user: userId, p_id: id }, Files),
    async finish({ source, userId, id, title }, files) {
      const renamed = { p_files: Object.keys(files), p_new: Object.values(files) };
      const args = { p_source: source, p_user: userId, p_id: id, p_title: title, ...renamed };
      await database.call('copy_chat', args, v.unknown());
    },
  };
}
