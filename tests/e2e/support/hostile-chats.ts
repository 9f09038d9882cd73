import postgres from 'postgres';
import { newId } from '../../../lib/model/ids.ts';
import { CORPUS } from '../../hostile/corpus.ts';

/** A group has 20 people, of whom one looks on. */
const PER_CHAT = 18;

export interface HostileChat {
  readonly id: string;
  /** What people and the AI say in it. */
  readonly texts: readonly string[];
}

/**
 * Groups of this person's, written by SQL. In each, people who are named by hostile texts say them, with files that are named by
 * them; the AI says them too and cites pages with such titles. Every hostile text is also a title of a group.
 */
export async function fillWithHostility(
  adminUrl: string,
  personId: string,
  corpus: readonly string[] = CORPUS,
  perChat = PER_CHAT,
): Promise<readonly HostileChat[]> {
  const chats: HostileChat[] = [];
  for (let from = 0; from < corpus.length; from += perChat)
    chats.push({ id: newId(), texts: corpus.slice(from, from + perChat) });
  const titles = corpus.map((text, index) => ({
    id: chats[index]?.id ?? newId(),
    title: cut(text, 80),
    texts: chats[index]?.texts ?? [],
  }));
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    await sql.begin(async (tx) => {
      // Rows only: no triggers, no foreign keys.
      await tx`set local session_replication_role = replica`;
      for (const [index, { id, title, texts }] of titles.entries()) {
        await tx`
          insert into public.chats (id, kind, title, reply_mode, creator_id, last_seq, created_at)
          values (${id}, 'group', ${title}, 'mention', ${personId}, ${2 * texts.length}, now() - ${index} * interval '1 minute')`;
        await tx`insert into public.members (chat_id, user_id, role, last_read_seq) values (${id}, ${personId}, 'creator', ${2 * texts.length})`;
        for (const [place, text] of texts.entries()) await sayBoth(tx, { id, texts }, text, 2 * place + 1);
      }
    });
  } finally {
    await sql.end({ timeout: 1 });
  }
  return chats;
}

let people = 0;

async function sayBoth(tx: postgres.TransactionSql, chat: HostileChat, text: string, seq: number): Promise<void> {
  const author = newId();
  const [said, answered, file] = [newId(), newId(), newId()];
  const [name, fileName] = [cut(text, 50), cut(text, 255)];
  const attachment = {
    id: file,
    name: fileName,
    content_type: 'text/plain',
    size: 5,
    width: null,
    height: null,
    has_thumbnail: false,
  };
  const source = { title: cut(text, 200), url: `https://beacon.example/page/${seq}` };
  await tx`
    insert into public.profiles (id, display_name, username)
    values (${author}, ${name}, ${`hostile_${process.pid}_${people++}`})`;
  await tx`insert into public.members (chat_id, user_id) values (${chat.id}, ${author})`;
  await tx`
    insert into public.messages (id, chat_id, seq, kind, author_id, body, attachment_ids, attachments, sources, reply_to) values
    (${said}, ${chat.id}, ${seq}, 'member', ${author}, ${text}, ${[file]}, ${tx.json([attachment])}, '[]', null),
    (${answered}, ${chat.id}, ${seq + 1}, 'assistant', null, ${text}, '{}', '[]', ${tx.json([source])}, ${said})`;
  await tx`
    insert into public.changes (chat_id, seq, kind, entity_id) values
    (${chat.id}, ${seq}, 'message', ${said}), (${chat.id}, ${seq + 1}, 'message', ${answered})`;
}

/** As much of the text as fits; what nobody could see keeps a letter, since a name must not be empty. */
function cut(text: string, length: number): string {
  return [...text].slice(0, length).join('').trim() || 'x';
}
