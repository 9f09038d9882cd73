import type { Sql } from 'postgres';
import { newId } from '../../../lib/model/ids.ts';
import { as, person } from './actors.ts';
import type { TestPerson } from './people.ts';

export interface AttachOptions {
  readonly id?: string;
  readonly name?: string;
  readonly hasThumbnail?: boolean;
  /** Size of the object, in bytes; null: its bytes never came. */
  readonly stored?: number | null;
}

/** Adds a file to a chat as a hub does, with the rows that Storage writes; its id. */
export async function attach(
  sql: Sql,
  who: TestPerson,
  chat: string,
  { id = newId(), name = 'notes.txt', hasThumbnail = false, stored = 12 }: AttachOptions = {},
): Promise<string> {
  await as(
    sql,
    person(who.id),
    (tx) => tx`
      insert into public.attachments (id, chat_id, name, content_type, size, has_thumbnail)
      values (${id}, ${chat}, ${name}, 'text/plain', 5, ${hasThumbnail})`,
  );
  if (stored !== null)
    for (const path of hasThumbnail ? [id, `${id}.thumb`] : [id])
      await sql`
        insert into storage.objects (bucket_id, name, owner_id, metadata)
        values ('attachments', ${`${chat}/${path}`}, ${who.id}, ${sql.json({ size: stored })})`;
  return id;
}
