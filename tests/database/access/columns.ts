import type { ReservedSql, Sql } from 'postgres';

export const ROLES = ['anon', 'authenticated', 'service_role'] as const;
export type Role = (typeof ROLES)[number];
export const RIGHTS = ['select', 'insert', 'update'] as const;
export type Right = (typeof RIGHTS)[number];

/** Columns, table by table, as `column, …` or `all`. */
type Columns = Readonly<Record<string, string>>;

/** What people may do to the columns of the tables that policies open to them. */
const PEOPLE: Readonly<Record<Right, Columns>> = {
  insert: {
    'public.profiles': 'id, display_name, username, avatar_path',
    'public.messages': 'id, chat_id, body, target, reply_to, attachment_ids, shares',
    'public.attachments': 'id, chat_id, name, content_type, size, width, height, has_thumbnail',
    'public.memories': 'id, body',
  },
  update: {
    'public.profiles': 'display_name, username, avatar_path',
    'public.accounts': 'settings, quiet_from, quiet_to, quiet_zone, picture_in_images, memories_on',
    'public.memories': 'body',
    'public.members': 'notification_level',
  },
  select: {
    'public.audit_events': 'all',
    'public.blocks': 'all',
    'public.profiles': 'all',
    'public.accounts': 'all',
    'public.chats': 'all',
    'public.members': 'chat_id, user_id, role, joined_at, history_from',
    'public.memories': 'all',
    'public.page_shares': 'all',
    'public.messages': 'all',
    'public.hidden_reactions': 'all',
    'public.message_versions': 'all',
    'public.attachments': 'all',
    'public.changes': 'all',
    'public.invites':
      'id, chat_id, created_by, created_at, expires_at, max_uses, uses, revoked_at, needs_approval, history',
    'public.join_requests': 'chat_id, user_id, created_at',
    'public.reply_jobs':
      'id, chat_id, trigger_message_id, asker_id, message_id, state, attempts, partial, stop_requested_by, error, created_at, finished_at, kind, decision, receipt, status, retry_at',
  },
};

const {
  'public.blocks': _blocks,
  'public.memories': _memories,
  'public.hidden_reactions': _reactions,
  ...read
} = PEOPLE.select;

/** The service writes by functions alone, and reads what people do, the leases and what was reported, but not whom somebody blocked, what is hidden from whom, nor what is remembered. */
export const COLUMNS: Readonly<Record<Role, Readonly<Record<Right, Columns>>>> = {
  anon: { insert: {}, update: {}, select: {} },
  authenticated: PEOPLE,
  service_role: {
    insert: {},
    update: {},
    select: {
      ...read,
      'public.members': 'all',
      'public.reply_jobs': 'all',
      'private.reports': 'all',
      'public.report_queue': 'all',
      'private.held_copies': 'all',
      'public.held_messages': 'all',
    },
  },
};

/** The columns of our tables on which a role has this right. */
export async function columnsOf(sql: Sql | ReservedSql, role: Role, right: Right): Promise<Columns> {
  const rows = await sql<{ table: string; columns: string[]; total: number }[]>`
    select n.nspname || '.' || c.relname as table, count(*)::int as total,
      coalesce(array_agg(a.attname::text order by a.attnum) filter (where has_column_privilege(${role}, c.oid, a.attnum, ${right})), '{}') as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname in ('public', 'private')
    group by 1`;
  const open = rows.filter(({ columns }) => columns.length > 0);
  return Object.fromEntries(
    open.map(({ table, columns, total }) => [table, columns.length === total ? 'all' : columns.join(', ')]),
  );
}
